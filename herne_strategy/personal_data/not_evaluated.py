"""What the portal does not do with data about staff: for them, Datenschutz and Personalrat."""

NOT_EVALUATED = (
    "Es gibt keine Statistik über Personen: Niemand sieht, wie viel, wie oft, wie schnell oder zu welcher Uhrzeit "
    "jemand arbeitet. Keine Seite, keine Tabelle und kein Befehl zählt nach Personen.",
    "Es gibt keine Rangliste, keinen Vergleich zwischen Personen und keine Bewertung ihrer Beiträge.",
    "Reaktionszeiten werden nicht gemessen. „Was bei mir liegt“ zeigt jeder Person nur, was sie selbst betrifft; "
    "Vorgesetzte sehen es nicht.",
    "Gelesene Seiten werden in der Verwaltung nicht je Person aufgezeichnet; Tastatur, Maus und Standort auch nicht.",
    "Der Verlauf lässt sich nach einer Person filtern, damit sich klären lässt, wer eine Änderung erklären kann. Er "
    "dient nicht dazu, Leistung oder Verhalten zu kontrollieren; eine Auswertung dafür gibt es nicht.",
    "Das Sicherheitsprotokoll wird nur bei einem Verdacht auf Angriff oder Missbrauch gelesen. Wer es dann lesen darf, "
    "regelt die Stadt, am besten in der Dienstvereinbarung.",
    "Entscheidungen, die allein ein Computer trifft (Art. 22 DSGVO), gibt es nicht.",
)
