"""What the exercise municipality says, sees, does and promises. All of it is made up."""
# ruff: noqa: E501

from datetime import date

AREAS = (
    ("9901", "Älvhamra kommun", "hela-kommunen", "municipality"),
    ("9901-1", "Centrum och resecentrum", "centrum", "district"),
    ("9901-2", "Kvarnudden", "kvarnudden", "district"),
    ("9901-3", "Norrgärdet", "norrgardet", "district"),
    ("9901-4", "Söderhöjden", "soderhojden", "district"),
    ("9901-5", "Fabriksholmen", "fabriksholmen", "district"),
    ("9901-6", "Backänge", "backange", "district"),
)

# priority, title, text, extent, certainty, secrecy
Finding = tuple[str, str, str, str, str, str]
MUNICIPALITY: tuple[Finding, ...] = (
    (
        "P1",
        "Orosanmälningar om narkotika och brott ökar bland de yngsta",
        "Socialtjänsten fick 224 anmälningar 2025, mot 188 året före. För barn under 15 år är underlaget för litet för att säga om det är en ökning.",
        "224 anmälningar 2025 (188 året före), 44 om barn under 15 (31)",
        "fairly",
        "none",
    ),
    (
        "P1",
        "Rekrytering märks i årskurs 7–9 på Backänge",
        "Skolans personal ser äldre ungdomar som söker kontakt vid sporthallen efter skoltid.",
        "Skolan, fritidsgården och fältgruppen",
        "uncertain",
        "none",
    ),
    (
        "P1",
        "Anställda hotas utan att det anmäls",
        "29 av 120 socialsekreterare har hotats det senaste året. Sex anmälde.",
        "29 av 120",
        "certain",
        "none",
    ),
    (
        "P2",
        "Fler söker skydd undan våld i nära relation",
        "Ansökningarna om skyddat boende steg från 96 till 131. Kvinnojouren hade 212 kontakter.",
        "131 ansökningar 2025 (96 året före)",
        "fairly",
        "none",
    ),
    (
        "P2",
        "Få som använder våld söker hjälp",
        "Samtalsmottagningen når 14 personer om året.",
        "14 om året",
        "certain",
        "none",
    ),
    (
        "P3",
        "Gångvägen från Kvarnudden känns otrygg på kvällen",
        "41 procent av de svarande på Kvarnudden är otrygga sena kvällar, med ett intervall på 33 till 49 procent.",
        "41 % (33–49), 140 svarande",
        "fairly",
        "none",
    ),
    (
        "P3",
        "Klotter sitter kvar för länge",
        "Sanering inom tre arbetsdagar nås i ungefär hälften av fallen.",
        "58 av 100 anmälningar",
        "certain",
        "none",
    ),
)
POLICE: tuple[Finding, ...] = (
    (
        "P1",
        "Rekrytering sker mest på nätet",
        "Polisens bild är att de första kontakterna tas i slutna grupper på nätet, inte på platser.",
        "Samtal och ärenden under 2025",
        "uncertain",
        "none",
    ),
    (
        "P1",
        "Narkotika säljs öppet vid resecentrum",
        "Försäljningen sker på eftermiddagarna. Köparna är ofta mellan 15 och 17 år.",
        "Återkommande under hela 2025",
        "fairly",
        "none",
    ),
    ("P1", "Ett nätverk utreds", "Underrättelseuppgifter.", "", "uncertain", "OSL 18:1"),
    (
        "P2",
        "Anmälningarna om misshandel av kvinnor är oförändrade",
        "78 anmälningar 2025, mot 71, 80 och 74 åren före. Det går inte att säga att de ökar.",
        "78 (74, 80, 71)",
        "certain",
        "none",
    ),
    (
        "P3",
        "Cykelstölderna sker vid resecentrum",
        "390 anmälda cykelstölder 2025. Flest vid resecentrums ställ.",
        "390 anmälda 2025",
        "certain",
        "none",
    ),
    (
        "P3",
        "Gångvägen från Kvarnudden anmäls sällan",
        "Få brott anmäls på gångvägen, men oron är stor i samtal med dem som bor där.",
        "Färre än fem anmälda om året: för få för att visa",
        "fairly",
        "none",
    ),
)
JOINED = ("Gångvägen från Kvarnudden anmäls sällan", "Gångvägen från Kvarnudden känns otrygg på kvällen")
DIFFERS = "Rekrytering märks i årskurs 7–9 på Backänge"
DIFFERENCE = "Polisen ser att rekryteringen främst sker på nätet. Platsen kan vara en följd, inte en orsak."

# finding, title, text, kind, party, owner title, from, to, state, report
Measure = tuple[str, str, str, str, str, str, date, date, str, str]
MEASURES: tuple[Measure, ...] = (
    (
        MUNICIPALITY[0][1],
        "Tidig kontakt med familjen",
        "Socialtjänsten träffar familjen inom fem arbetsdagar efter en anmälan.",
        "social",
        "municipality",
        "enhetschef, barn och unga",
        date(2026, 4, 1),
        date(2027, 6, 30),
        "ongoing",
        "31 familjer har fått ett första möte.",
    ),
    (
        DIFFERS,
        "Vuxna på plats vid sporthallen",
        "Fältgruppen och föreningarna turas om varje vardag klockan 15–18.",
        "social",
        "municipality",
        "fritidschef",
        date(2026, 4, 1),
        date(2027, 6, 30),
        "ongoing",
        "Passen är bemannade fyra dagar av fem.",
    ),
    (
        MUNICIPALITY[2][1],
        "Rutin för hot mot anställda",
        "Varje hot anmäls av chefen samma dag.",
        "situational",
        "municipality",
        "HR-chef",
        date(2026, 5, 1),
        date(2026, 10, 31),
        "done",
        "Rutinen gäller på alla enheter.",
    ),
    (
        POLICE[1][1],
        "Synlig polis på resecentrum",
        "Fotpatrull två eftermiddagar i veckan.",
        "situational",
        "police",
        "gruppchef",
        date(2026, 4, 1),
        date(2026, 12, 31),
        "ongoing",
        "39 av 44 pass genomförda.",
    ),
    (
        MUNICIPALITY[3][1],
        "Fråga alla om våld",
        "Socialtjänsten ställer frågan vid varje nytt besök.",
        "social",
        "municipality",
        "enhetschef, vuxen",
        date(2026, 4, 1),
        date(2027, 12, 31),
        "ongoing",
        "Frågan ställs i åtta av tio nya ärenden.",
    ),
    (
        MUNICIPALITY[4][1],
        "Samtalsmottagning för den som använder våld",
        "Öppet två kvällar i veckan, utan remiss.",
        "social",
        "municipality",
        "enhetschef, vuxen",
        date(2026, 4, 1),
        date(2026, 9, 30),
        "ongoing",
        "",
    ),
    (
        MUNICIPALITY[5][1],
        "38 nya lampor längs gångvägen",
        "Ny belysning och röjda buskar mellan Kvarnudden och Centrum.",
        "situational",
        "municipality",
        "gatuchef",
        date(2025, 6, 1),
        date(2026, 10, 31),
        "done",
        "Alla 38 lampor är tända.",
    ),
    (
        POLICE[4][1],
        "Låsbara cykelställ vid resecentrum",
        "120 platser där ramen kan låsas fast.",
        "situational",
        "municipality",
        "gatuchef",
        date(2026, 5, 1),
        date(2027, 5, 31),
        "ongoing",
        "40 platser är på plats.",
    ),
    (
        MUNICIPALITY[6][1],
        "Klotter bort på tre arbetsdagar",
        "Avtal om sanering hela året.",
        "situational",
        "municipality",
        "fastighetschef",
        date(2025, 6, 1),
        date(2026, 10, 31),
        "done",
        "58 av 100 klarades i tid.",
    ),
)

QUESTION = "Var och när känner du dig otrygg i Älvhamra?"
VOICES = (
    ("Belysning på gångvägen", "Det är mörkt och igenvuxet mellan Kvarnudden och centrum på kvällen.", 60),
    ("Polis till fots", "Jag vill se poliser till fots när det är stökigt vid resecentrum.", 50),
    ("Klotter", "Klottret sitter kvar i veckor. Då känns det som att ingen bryr sig.", 38),
    ("Skolvägen", "Bilarna kör för fort förbi skolan på Backänge.", 30),
    ("Fredagskvällar", "Det finns ingenstans för unga att vara på fredagskvällarna.", 12),
    ("Serveringar", "Det blir stökigt utanför serveringarna vid torget när de stänger.", 10),
)
NOT_HEARD = "12 procent av svaren kom från Kvarnudden och 3 procent från dem som är 16–19 år. Svaren säger lite om hur de har det."

# theme, measure, area, text, how often, how seen, ends, outcome, done, why, next
Promise = tuple[str, str, str, str, str, str, date, str, str, str, str]
PROMISES: tuple[Promise, ...] = (
    (
        "Belysning på gångvägen",
        "38 nya lampor längs gångvägen",
        "kvarnudden",
        "Gångvägen mellan Kvarnudden och centrum blir ljus",
        "Före den 31 oktober 2025 är 38 nya lampor tända och buskarna röjda.",
        "Räkna lamporna på en gemensam vandring i november.",
        date(2025, 10, 31),
        "kept",
        "Alla 38 lampor är tända och buskarna är röjda.",
        "",
        "",
    ),
    (
        "Klotter",
        "Klotter bort på tre arbetsdagar",
        "centrum",
        "Klotter på kommunens hus tas bort snabbt",
        "Inom tre arbetsdagar efter att du har anmält det, hela året.",
        "Andelen anmälningar som klaras i tid, två gånger om året.",
        date(2026, 10, 31),
        "not_kept",
        "58 av 100 anmälningar klarades på tre arbetsdagar.",
        "Avtalet med saneringsfirman täckte inte vintern.",
        "Nytt avtal gäller från januari 2027.",
    ),
    (
        "Polis till fots",
        "Synlig polis på resecentrum",
        "centrum",
        "Poliser till fots vid resecentrum",
        "Två kvällar i veckan från april till oktober 2026.",
        "Antal genomförda pass, redovisat i november.",
        date(2026, 10, 31),
        "partly",
        "39 av 44 pass genomfördes.",
        "Fem pass ställdes in när polisen behövdes på andra platser.",
        "Vi fortsätter 2027 med samma antal pass.",
    ),
)
NO_PROMISE = (
    "Rutin för hot mot anställda",
    "Ett löfte till invånarna hör inte hemma i arbetsmiljön för de anställda.",
)
