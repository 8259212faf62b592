"""Sentences that the tiny tokenizers are trained on, and questions about them."""

SENTENCES = [
    "Harbour master Ines Calloway closed the port of Brennick on Friday.",
    "Two of the nine boats came back late, and one of them lost its nets.",
    "The mayor, Oskar Lind, said up to 30 people had waited on the quay.",
    "About 340 dockers at Vellmar walked out on Monday at 6 p.m., Mr. Orr said.",
    "The port of Vellmar lost 2.5 million euros in a week; nobody was hurt.",
    "Captain Tarn denied that the U.S. line had left because of the strike.",
    "Çağrı Öztürk met the delegation in İstanbul; the talks lasted 40 minutes.",
    "A naïve café owner in Zürich paid 12 francs — too much, he thought.",
]
ARTICLE = "\n\n".join(" ".join(SENTENCES[n : n + 2]) for n in range(0, 8, 2))
QUESTIONS = [
    "Who closed the port of Brennick?",
    "How many dockers walked out?",
    "  What did the café owner pay?",
    "How long did the talks in İstanbul last, and who met the delegation there?",
]
SHORT = "The mayor, Oskar Lind, said so."
