"""Made English sentences and letters; the marks are those of `templates_fr`."""

DEVELOPMENT = {
    "sentences": [
        "My name is <p>{f1} {s1}</p> but everyone calls me <p>{f2}</p>.",
        "<p>{f1} {s1}</p> was born on <b>{Month} {day}, {year}</b> in Leeds.",
        "Please ask <p>{f1}</p> to call Mrs. <p>{s2}</p> about the invoice.",
        '"I am not sure," said <p>{f1}</p>, looking at Dr. <p>{s2}</p>.',
        "The film was directed by <p>{f1} {s1}</p> and stars <p>{f2} {s2}</p>.",
        "<p>{s1}</p> told reporters that the Bank of England would not move rates in March.",
        "Send it to <p>{f1} {s1}</p>, <a>{num} {street}, {city}, {state} {zip}</a>.",
        "I live at <a>{num} {street}, {city} {ukpc}</a> with my brother <p>{f1}</p>.",
        "Date of birth: <b>{year}-{mm}-{dd}</b>. Name: <p>{f1} {s1}</p>. Account opened 2019-04-02.",
        "<p>{f1}</p>'s car was parked in front of the Royal Albert Hall.",
        "Judge <p>{s1}</p> ruled on Monday that <p>{f2} {s2}</p> must pay.",
        "Kind regards,\n<p>{f1} {s1}</p>\nSales Manager, Northern Steel Ltd",
        "The new CEO, <p>{f1} {s1}</p>, joined from Microsoft in 2015.",
        "Will <p>{f1}</p> come in May? <p>{f2}</p> hopes so.",
        "A book by <p>{i1}. {s1}</p> was found in Hyde Park.",
        "The defendant, <p>{f1} {s1}</p>, lives near Victoria Station.",
    ],
    "decoy": [
        "The University of Michigan beat Ohio State in the Rose Bowl.",
        "Apple and Microsoft met in San Francisco. General Motors declined to comment.",
        "The Great Fire of London destroyed St Paul's Cathedral. Hurricane Katrina came later.",
        "In May, the Washington Post reported that Virginia and Georgia would vote.",
        "Martin Luther King Boulevard is closed. Lincoln Center reopens on Friday.",
    ],
}
HELD_OUT = {
    "sentences": [
        "Could you forward this to <p>{f1} {s1}</p> in Accounts before Friday?",
        "According to <p>{f1} {s1}</p>, the bridge was never safe.",
        "<p>{f1}</p> shouted at <p>{f2}</p> across Trafalgar Square.",
        "She married <p>{f1} {s1}</p> in 1987; their son <p>{f2}</p> became a doctor.",
        "Mr. <p>{s1}</p> is a 54 year old man with no history of smoking.",
        "<p>{s1}</p> scored twice before half time, and <p>{f2} {s2}</p> was sent off.",
        "Shipping address: <p>{f1} {s1}</p>, <a>{num} {street}, {city}, {state} {zip}</a>",
        "DOB: <b>{mm}/{dd}/{year}</b>; patient <p>{f1} {s1}</p> seen by Dr <p>{s2}</p> on 03/04/2021.",
        "I spoke with <p>{f1}</p> yesterday and she said <p>{f2} {s2}</p> had already left for Berlin.",
        "Attorney <p>{f1} {s1}</p> filed the motion in the Supreme Court of Texas.",
        "Hi <p>{f1}</p>, are you free on Tuesday? Best, <p>{f2}</p>",
        "The letters of <p>{i1}. {i2}. {s1}</p> are kept at the British Library.",
        "<p>{f1} {s1}</p>'s lawyer declined to say whether Goldman Sachs would appeal.",
        "Witness <p>{s1}</p> saw <p>{f2} {s2}</p> enter the Old Town Hall at nine.",
    ],
    "decoy": [
        "The Battle of Hastings was fought in October. King's Cross Station is busy.",
        "Johnson & Johnson and Morgan Stanley reported on Thursday.",
        "Sydney Harbour and Lake Victoria are popular. The Nobel Prize was awarded in Stockholm.",
        "Monday Night Football returns in September on Channel Four.",
    ],
}
