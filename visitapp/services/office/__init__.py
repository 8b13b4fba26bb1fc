"""What the office manages: settings, the register, animals, recipients, licences."""
