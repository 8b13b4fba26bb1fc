"""Words as people type and read them: times of day, folded letters, shown texts, the glossary."""
