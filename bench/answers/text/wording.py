"""Word lists that several matchers share; all folded as `bench.answers.text.tokens` folds."""

from __future__ import annotations

from typing import Final


def words_of(text: str) -> frozenset[str]:
    """The words of a string."""
    return frozenset(text.split())


NEGATORS: Final = words_of(
    "not never cannot isn't wasn't aren't weren't doesn't didn't don't hasn't haven't hadn't won't wouldn't can't "
    "couldn't shouldn't ain't nor neither hardly"
)
SUBJECTS: Final = frozenset({"he", "she", "it", "they"})
AUXILIARIES: Final = words_of(
    "is was are were be been being am did does do has have had will would can could shall should may might must"
)
PREPOSITIONS: Final = words_of(
    "in on at by to from of with for as into onto via through during within inside under over after before since "
    "until till against among between about around near out off up down along across behind per above below"
)
PRONOUNS: Final = words_of(
    "i you he she it we they him her them his its their our your my this that these those who whom whose which what "
    "where when why how there here one someone both either each"
)
CONJUNCTIONS: Final = words_of(
    "and or but however although though while whereas because if then so yet than plus"
)
ADVERBS: Final = words_of(
    "yes no not actually really only just also probably possibly perhaps maybe likely definitely certainly exactly "
    "indeed namely approximately roughly currently now still already apparently reportedly clearly simply specifically "
    "overall today yesterday tomorrow thus therefore hence later earlier meanwhile correct right well ok okay sure"
)
SPEECH: Final = words_of(
    "according said says say told states stated state reports reported report mentions mentioned answer answers article "
    "text passage question led leads lead headed heads head named names called calls name believe think guess given "
    "based held hosted met took takes place led-by identified described describes represented represents chaired"
)
FUNCTION: Final = (
    AUXILIARIES
    | PREPOSITIONS
    | PRONOUNS
    | CONJUNCTIONS
    | ADVERBS
    | SPEECH
    | NEGATORS
    | words_of("a an the mr")
)
NEGATED_QUESTION: Final = NEGATORS | words_of(
    "no fail failed fails failing refuse refused refuses without unable lack lacked lacks reject rejected rejects deny "
    "denied denies except unwilling decline declined avoid avoided never none neither stop stopped prevent prevented ruled rule rules"
)

TITLES: Final = words_of(
    "mr mrs ms miss dr prof professor sir dame lord lady baron baroness president premier chancellor minister secretary "
    "prime defense foreign finance interior justice health education deputy vice general gen colonel col captain capt "
    "major lieutenant lt sergeant sgt admiral commander chief chairman chairwoman chairperson chair chairs director "
    "governor mayor senator sen congressman congresswoman representative rep judge justice king queen prince princess "
    "pope cardinal archbishop bishop reverend rev father sister brother ambassador envoy spokesman spokeswoman "
    "spokesperson leader head boss ceo cfo founder coach manager captain inspector superintendent officer detective "
    "attorney prosecutor lawyer doctor nurse negotiator aide adviser advisor delegate economist analyst author writer "
    "actor singer journalist reporter editor candidate incumbent former ex then-president acting late chief-of-staff "
    "us uk eu un president-elect marshal ayatollah sheikh imam rabbi emir sultan emperor empress duke duchess count "
    "state saint st commissioner councillor councilor mp mep emeritus executive senior junior presidential union boss "
    "first second national federal his her excellency honorable hon the of and for delegation team party group "
    "pm vp cto coo brigadier corporal constable honor worship highness majesty holiness eminence grace lordship ladyship"
)
SUFFIXES: Final = words_of("jr sr junior senior ii iii iv")
PARTICLES: Final = words_of(
    "von van der den de del della di da dos du la le al el bin ibn ben ter ten af av zu zur y e st"
)
RELATIONS: Final = words_of(
    "ally allies deputy wife husband son daughter brother sister father mother parents spokesman spokeswoman spokesperson "
    "aide aides adviser advisor advisers advisors assistant predecessor successor lawyer lawyers rival rivals enemy "
    "opponent opponents neighbor neighbors family widow widower cousin uncle aunt nephew niece friend friends partner "
    "colleague colleagues secretary bodyguard critic critics mentor boss counterpart replacement pupil pupils protege student students successor successors bride groom fiance fiancee heir "
    "agent agents manager managers coach trainer doctor driver landlord heirs grandson granddaughter grandfather grandmother"
)
RELATED: Final = RELATIONS | words_of(
    "subsidiary subsidiaries affiliate affiliates offshoot spinoff competitor competitors replica replicas copy copies"
)  # of a company, a group or a thing
NEAR: Final = words_of("near nearby outside beyond")
NEAR_OF: Final = words_of(
    "north south east west northeast northwest southeast southwest outskirts suburb suburbs km kilometers miles far "
    "northern southern eastern western edge border vicinity"
)
COMPASS: Final = words_of(
    "north south east west northern southern eastern western northeast northwest southeast southwest central new upper "
    "lower greater port lake mount fort san santa inner outer non anti pro ex"
)
EXTENTS: Final = words_of(
    "region oblast province area suburb suburbs outskirts district county airport border prison jail hospital station university school court "
    "courthouse stadium embassy consulate museum cathedral zoo barracks"
)
GENERIC: Final = words_of(
    "city agency news newspaper company inc ltd corp plc corporation government delegation team side administration "
    "officials authorities party capital ministry group magazine republic federation state country district town village "
    "ag gmbh llc sa spa co"
)
CLASSES: Final = words_of(
    "city town village country state province republic region district county island kingdom nation"
)
HEADS: Final = (RELATIONS - {"parents", "family"}) | words_of(
    "leader leaders chief chiefs voter voters supporter supporters candidate candidates spokespeople activist activists "
    "headquarters chairman chairwoman member members boss bosses employee employees worker workers customer customers "
    "fan fans resident residents founder founders owner owners director directors shareholders investors veteran veterans"
)
ORDINARY: Final = words_of("mps meps")
BEARERS: Final = (
    HEADS
    | ORDINARY
    | words_of(
        "players player riders rider runners runner drivers driver singers singer suspects suspect victims victim winners "
        "winner judges judge witnesses witness speakers speaker authors author actors actor artists artist lawmakers lawmaker "
        "senators senator politicians politician athletes athlete swimmers swimmer scientists scientist students teachers "
        "pilots pilot officers councillors councilors councilor generals sisters women ministers minister mayors mayor mp "
        "mep finalists finalist climbers climber sailors guests guest officials nominees nominee governors governor "
        "presidents president envoys envoy doctors doctor lawyers lawyer"
    )
)
OCCUPATIONS: Final = words_of(
    "architect engineer farmer fisherman shepherd baker teacher surgeon lecturer researcher historian librarian musician "
    "physician politician technician poet painter sculptor composer conductor striker midfielder defender goalkeeper "
    "winger jockey sprinter skipper pilot driver firefighter paramedic midwife carpenter plumber electrician builder banker "
    "broker trader investor entrepreneur businessman businesswoman billionaire campaigner protester astronaut astronomer "
    "lawmaker policeman policewoman witness student scientist photographer curator chef winemaker beekeeper filmmaker "
    "broadcaster presenter columnist singer dancer swimmer runner rider boxer wrestler climber sailor fan resident"
)
RANKS: Final = words_of("deputy vice assistant former ex acting shadow interim non anti pseudo co")
EXCEPTED: Final = words_of("anyone anybody everyone everybody all anything everything anywhere everywhere")
PARTS_OF_DAY: Final = {
    "morning": "morning", "dawn": "morning", "afternoon": "afternoon", "evening": "evening", "night": "night",
    "overnight": "night", "nighttime": "night", "midday": "midday", "lunchtime": "midday", "dusk": "evening",
}  # fmt: skip

# Country, its adjectives | its capital: what a key such as "Russia" may be called in an answer.
_NATION_LINES: Final = """russia russian russians | moscow kremlin
    ukraine ukrainian ukrainians | kyiv kiev
    usa us american americans america | washington
    uk british britain briton britons brit brits | london
    france french frenchman frenchwoman | paris
    germany german germans | berlin
    italy italian italians | rome
    spain spanish spaniard spaniards | madrid
    poland polish pole poles | warsaw
    turkey turkish turkiye turk turks | ankara
    china chinese | beijing
    japan japanese | tokyo
    india indian indians | delhi
    israel israeli israelis | jerusalem
    iran iranian iranians | tehran
    iraq iraqi iraqis | baghdad
    syria syrian syrians | damascus
    egypt egyptian egyptians | cairo
    greece greek greeks | athens
    sweden swedish swede swedes | stockholm
    norway norwegian norwegians | oslo
    denmark danish dane danes | copenhagen
    finland finnish finn finns | helsinki
    netherlands dutch dutchman dutchwoman | amsterdam
    belgium belgian belgians | brussels
    switzerland swiss | bern
    austria austrian austrians | vienna
    hungary hungarian hungarians | budapest
    romania romanian romanians | bucharest
    canada canadian canadians | ottawa
    mexico mexican mexicans |
    brazil brazilian brazilians | brasilia
    argentina argentine argentinian argentines argentinians |
    australia australian australians | canberra
    ireland irish irishman irishwoman | dublin
    scotland scottish scot scots | edinburgh
    wales welsh | cardiff
    palestine palestinian palestinians |
    lebanon lebanese | beirut
    pakistan pakistani pakistanis | islamabad
    afghanistan afghan | kabul
    vietnam vietnamese | hanoi
    philippines philippine filipino filipinos | manila"""
NATIONS: Final = {
    form: line.split()[0] for line in _NATION_LINES.splitlines() for form in line.replace("|", " ").split()
}
CAPITALS: Final = frozenset(
    city for line in _NATION_LINES.splitlines() for city in line.partition("|")[2].split()
)
