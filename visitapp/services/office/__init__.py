"""What the office keeps: settings, the register, animals, recipients, licences."""
