"""What the people of a made-up year say and write. A small bakery, in the language of its record: English."""

from collections.abc import Mapping

from kiosk.demo import MEMBERS

HANDLES = (
    *MEMBERS,
    *("Noor", "Kofi", "Mei", "Ivan", "Lena", "Omar", "Rosa", "Yuki", "Bram", "Chidi", "Dilek", "Elif", "Femi"),
    *("Greta", "Hana", "Idris", "Jana", "Kwame", "Lucía", "Marek", "Nadia", "Otto", "Paulo", "Quyen", "Ravi"),
    *("Selma", "Tariq", "Uma", "Vera", "Walid", "Ximena", "Yara", "Zofia", "Anouk", "Basil", "Carmen", "Davit"),
    *("Esra", "Farid", "Gloria", "Hugo", "Ines", "Jamal", "Keiko", "Liv", "Mila", "Nils", "Olga", "Pia", "Ruth"),
    *("Sven", "Thea", "Viktor", "Wanda", "Zeno"),
)
"""Those that `kiosk.demo` has first, since the tray of pretended devices holds their badges."""

NOTES: Mapping[str, tuple[str, ...]] = {
    "repair": ("the chain and the bell", "the washing machine", "a window that stuck", "the laptop’s fan", ""),
    "childcare": ("two of them, until seven", "the evening of the parents’ meeting", "", ""),
    "translation": ("a letter to the office", "at the doctor’s", "the lease, page by page", ""),
    "bookkeeping": ("a tax return", "three months of receipts", ""),
    "cooking": ("lunch for nine", "a pot for the week", "a birthday", ""),
    "care": ("an afternoon with her father", "shopping and the pharmacy", "", ""),
    "driving": ("to the clinic and back", "a wardrobe, four floors", "to the mill", ""),
    "teaching": ("how to read a payslip", "German, second lesson", "the bicycle course", ""),
    "other": ("moved house", "fed the cats", "queued at the office", ""),
}
"""By kind of work; "" where nothing is noted."""

COMMONS = (
    ("cleaning", "swept the yard"),
    ("cleaning", "the big oven, inside"),
    ("cleaning", ""),
    ("cooking", "lunch for all"),
    ("repair", "the door of the cold store"),
    ("bookkeeping", "the month’s receipts"),
    ("other", "took the recycling away"),
    ("driving", "the flour, two trips"),
)
"""Kind of work and note."""

SERVED = ("another day", "it was the half of it", "booked to the wrong person", "counted twice")
"""Why hours are taken back."""

NEEDS = (
    ("translation", "a letter, Polish to English"),
    ("childcare", "Thursday evening, two children"),
    ("repair", "a bicycle that clicks"),
    ("driving", "a sofa, next week"),
    ("care", "somebody to sit with my mother"),
    ("teaching", "the new till"),
    ("bookkeeping", "a form that nobody understands"),
    ("cooking", "a cake for forty"),
)
OFFERS = (
    ("childcare", "Saturday mornings"),
    ("translation", "Polish, English, Hindi"),
    ("repair", "bicycles, of any age"),
    ("driving", "a van on Sundays"),
    ("teaching", "swimming"),
    ("care", "I read aloud"),
    ("cooking", "soup, for up to twenty"),
    ("bookkeeping", "tax returns in spring"),
)
"""Kind of work and words."""

PRIORITIES = (
    "the big order for Saturday",
    "the second shift needs two more",
    "the dough must rest longer",
    "deliveries before seven",
    "the schedule for next week",
    "the strike fund’s letter",
    "clean the cold store",
    "teach the slicer to the new ones",
    "the inspection on Thursday",
    "fewer rolls, more rye",
    "answer the landlord",
    "the neighbours’ open day",
)

OBSTACLES = (
    "the flour comes too late",
    "the slicer sticks again",
    "too few on the early shift",
    "the cold store is too warm",
    "nobody knows who orders yeast",
    "the van will not start",
    "the owner’s calls interrupt the work",
    "the till crashes at noon",
    "the changing room is too small",
    "orders change after six in the evening",
    "the phone rings and nobody hears it",
    "the night shift gets no warm meal",
)

EXPERIMENTS = (
    "two people order, in turn by week",
    "try it the other way round for two weeks",
    "one hour later, and see",
    "write it on the board, each time",
    "ask the neighbours for theirs on Tuesdays",
    "who is there first rings the others",
)

TASKS = (
    "call the mill about Thursday",
    "oil the slicer",
    "print the labels",
    "order yeast",
    "write to the landlord",
    "bring the van to the garage",
    "put up the new hooks",
    "ask the neighbours for the tent",
    "count the trays",
    "show the till to the new ones",
    "sew the torn aprons",
    "pay the water bill",
    "sort the lost property",
    "make the poster for the open day",
    "read the meter",
    "mend the bell at the back door",
)

QUESTIONS = (
    "Do we open on Mondays from next month on?",
    "Do we buy rye from the mill cooperative?",
    "Do we close an hour earlier on Wednesdays?",
    "Do we give what is left over to the night shelter?",
    "Do we refuse the owner’s new time sheets?",
    "Do we take turns at the counter?",
    "Do we paint the break room yellow?",
    "Do we join the neighbours’ strike fund?",
    "Do we lend the tent to the school?",
    "Do we bake without palm fat?",
    "Do we keep the second oven warm overnight?",
    "Do we take two apprentices in autumn?",
    "Do we answer the owner’s letter together?",
    "Do we stop printing receipts?",
    "Do we have lunch together on Thursdays?",
    "Do we raise the price of the large loaf?",
    "Do we write the schedule two weeks ahead?",
    "Do we sell coffee?",
    "Do we let the choir rehearse here?",
    "Do we walk out if the cameras stay?",
    "Do we buy the mixer together with the neighbours?",
    "Do we publish what we earn?",
    "Do we shift the early start to five?",
    "Do we deliver by bicycle only?",
    "Do we plant the yard?",
    "Do we share the van with the joinery?",
    "Do we eat what is left before we count it?",
    "Do we put the phone on silent in the circle?",
    "Do we lock the office, or open it to all?",
    "Do we invite the press to the open day?",
    "Do we bake for the strike kitchen twice a week?",
    "Do we ask for the back pay in one letter?",
    "Do we train everybody on the ovens?",
    "Do we keep a list of who is owed a break?",
    "Do we refuse overtime in May?",
    "Do we mend the roof ourselves?",
    "Do we swap shifts without asking the owner?",
    "Do we sell the old slicer?",
    "Do we play music in the bakery?",
    "Do we send two of us to the congress?",
    "Do we buy boots for everybody?",
    "Do we hang the wage list in the break room?",
    *(f"Do we buy {each} for all?" for each in ("aprons", "bicycle lights", "a kettle", "a fan", "lockers")),
    *(f"Do we bake less {each}?" for each in ("white bread", "puff pastry", "cake on Mondays", "rye", "pretzels")),
    *(f"Do we lend {each} to the neighbours?" for each in ("the van", "the slicer", "the yard", "two of us")),
    *(f"Do we ask the owner for {each}?" for each in ("the books", "a lift", "two weeks more", "a second key")),
    *(f"Do we keep {each} free of work?" for each in ("Sunday", "the first of May", "birthdays", "the noon hour")),
)

DOWNSIDES = (
    "it may cost us the regulars",
    "the same three will do it",
    "we can’t go back in winter",
    "it eats the hour we have for teaching",
    "the owner will use it against us",
    "nobody has asked the night shift",
    "it is dearer than it looks",
    "who is ill will be left out",
    "",
)

PROJECTS = (
    ("a new seal for the oven", 120_00, "tool repair"),
    ("print the zine", 60_00, "printing"),
    ("a second-hand mixer", 180_00, "other"),
    ("glasses for one of us", 90_00, "hardship"),
    ("a tooth, half of the bill", 110_00, "dental"),
    ("blades for the slicer", 45_00, "tool repair"),
    ("rain coats for the bicycles", 70_00, "other"),
    ("posters for the open day", 35_00, "printing"),
    ("a train ticket to the congress", 55_00, "other"),
    ("a lock for the shed", 25_00, "tool repair"),
    ("warm socks for the night shift", 40_00, "other"),
    ("the deposit of somebody’s flat, in part", 150_00, "hardship"),
    ("a first-aid course", 95_00, "other"),
    ("a toner", 48_00, "printing"),
    ("flour for the strike kitchen", 65_00, "strike reserve"),
    ("a bell", 18_00, "tool repair"),
    ("a second ladder", 85_00, "other"),
    ("seeds for the yard", 22_00, "other"),
    ("a projector’s lamp", 75_00, "tool repair"),
    ("the dentist, the other half", 115_00, "dental"),
    ("a week’s food for a family", 80_00, "hardship"),
    ("three books on pay", 52_00, "other"),
    ("stamps and envelopes", 30_00, "printing"),
    ("a banner", 64_00, "printing"),
    ("paint for the break room", 58_00, "other"),
    ("tea for the picket", 26_00, "strike reserve"),
    ("a winter coat", 72_00, "hardship"),
    ("a new chain for the cargo bike", 38_00, "tool repair"),
    ("a crown", 140_00, "dental"),
    ("chairs from the flea market", 50_00, "other"),
)
"""Title, about how many cents, kind."""

RECEIPTS = (
    "a receipt is in the folder",
    "done, and it works",
    "paid; the rest is on the note",
    "it was two euros less",
)

TOOLS = (
    ("GRINDER2", "the grinder"),
    ("PROJECT2", "the projector"),
    ("BIKEPUMP", "the bicycle pump"),
    ("CARGOBIK", "the cargo bike"),
)
"""Label and name; beside those that `kiosk.demo` has."""

BROKEN = ("the cable is loose", "it smells burnt", "a screw is missing", "it will not start")

NAMED_WORK = ("cleaning", "bread for the neighbours")
"""Kinds of work that the shop names itself: at its beginning, and later."""

BENEFITS = (
    "those who are there first",
    "whoever knows the papers",
    "all of us, so far",
    "the early shift",
    "nobody; it is a habit",
    "the owner, who asks for just one name",
)
"""Who benefits from a routine."""

INVERSIONS = (
    "for a month those do it who have never done it",
    "two do it together, each time another two",
    "whoever did it last teaches the next",
    "nobody does it, and we see what is missing",
)
CAME = (
    "it took longer, and four can do it now",
    "nobody missed it",
    "we forgot it twice, and then no more",
    "it went well; we keep it",
)
"""What a routine that was turned round came to."""

GOODS = (("bread", "loaves", 420, 700), ("rolls", "trays", 60, 85))
"""What the bakery makes, in which unit; made by us and taken by the owners in a week, on average."""

SOURCES = ("the tray count", "the delivery notes", "counted together on Friday", "the list on the oven")

WON = (
    ("the night bonus is paid again", "a slow-down of two days", 640_00),
    ("no cameras in the break room", "everybody wore the same shirt", 0),
    ("boots are paid for", "a letter that all had signed", 95_00),
    ("breaks are paid", "a walk-out of an hour", 1_150_00),
    ("the schedule hangs two weeks ahead", "we wrote it ourselves", 0),
    ("a third oven is mended", "nobody used it", 380_00),
    ("sick days are not asked about", "all of us called in", 210_00),
)
"""In what the owners gave way, by which action, and about how many cents it is worth."""

REFORMS = (
    ("the minimum wage rises", "the ministry", 310_00),
    ("a day of further training", "the chamber", 60_00),
    ("a prize for good employers", "the city", 0),
    ("a subsidy for bicycles", "the ministry", 150_00),
)
"""Of what others boast: what, who, and about how many cents it is worth."""

WRONG = ("a page was counted twice", "that was last week", "a zero too many", "it was of another bakery")
"""Why a number counts no more."""

SUCCESSES = (
    "we baked for the picket and nobody was short of bread",
    "three of us can mend the slicer now",
    "the schedule was written without the office",
    "the new ones took minutes, and they were good",
    "the jar paid for glasses",
    "nobody worked on the first of the month",
)
FAILURES = (
    "the early shift was two short, twice",
    "we forgot to ask the night shift",
    "the flour was ordered by the same one again",
    "two votes, and hardly anybody argued",
    "the open day was too loud to talk",
    "a tool came back broken and nobody said so",
)
"""What is said at a potluck."""
