"""Words as people type and read them: times of day, folded text, safe text, the glossary."""
