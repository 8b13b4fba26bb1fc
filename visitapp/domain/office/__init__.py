"""The office and what it manages: schemes, sites, timeslots, people, animals, coded values."""
