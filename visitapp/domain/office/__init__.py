"""The office and what it keeps: schemes, sites, timeslots, people, animals, coded values."""
