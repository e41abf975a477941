"""Tells whether words that sound like a site's own are somebody's in the article's story."""

import re
from typing import Final

from exporter import rules
from exporter.clean.outline import Block

# kinds whose words an article may use in telling, not in asking
PLEAS: Final = frozenset({
    "share", "newsletter", "donation", "channel", "app", "comments", "paywall", "consent", "rights",
    "audio", "shop", "event", "jobs", "account", "notice", "mail",
})  # fmt: skip
# yes: the words in "a box marked « Donate »"; no: "the 9\" pipe"
QUOTATION: Final = re.compile(r"«[^»]*»|“[^”]*”|„[^“”]*[“”]|(?<!\S)\"[^\"]*\"")
# words of reported speech and of telling; yes: "« Give », he said"; no: "share what he says"
TELLING: Final = re.compile(
    r"\b(?:said|told|wrote|asked|warned|explained|insisted|cried|according to|"
    r"(?<!\bwe )(?<!\bi )would (?:sing|say|cry|call|shout|ask|beg)|"
    r"dit-il|dit-elle|disait|disent|(?<!accord )(?<!autorisation )(?<!par )écrit|"
    r"écrivait|écrivit|déclare|déclaré|explique|expliqué|"
    r"affirme|raconte|proclame|proclamait|lança|lance-t-|répond|répondu|assure|estime|conseille|"
    r"prévient|supplient?|réclame|prétend|répétait|était|étaient|avait|avaient|fut|furent|"
    r"(?:dit|crie|criaient|répète|résume|précise|rappelle|confie|demande) (?:l[ea]s?\b|l'|une?\b)|"
    r"says?|suffisait|selon (?!vo)|d'après|sagt|sagte|sagten|erklärte|schrieb|schrieben|rief|"
    r"riefen|fragte|warnte|meinte|betonte|hatte|hatten|waren|laut|zufolge|dijo|decía|decían|explicó|"
    r"escribió|aseguró|advirtió|pedía|eran|había|habían|fueron|según (?!nuestr|la polít)|disse|"
    r"diceva|dicevano|scrisse|spiegò|ha detto|ha spiegato|erano|aveva|avevano|fu|furono|"
    r"secondo (?!la nostra|le nostre)|dizia|diziam|escreveu|explicou|afirmou|havia|zei|zegt|riep|"
    r"schreef|vroeg|had|hadden|volgens (?!on[sz]))\b",
    re.IGNORECASE,
)
# who speaks of law and fines reports on pleas; yes: "fined over its cookies"; no: "fine print"
LAW: Final = re.compile(
    r"\b(?:fined|fines|court|regulator|watchdog|lawsuit|amendes?|condamnée?s?|tribunal|procès|"
    r"la CNIL|mult(?:ó|a|as|ada|ado)|sancion\w*|sentencia|Agencia|Bußgeld\w*|Gericht\w*|"
    r"Urteil\w*|Datenschutzbehörde|Aufsichtsbehörde|boetes?|rechters?|Autoriteit|toezichthouder|"
    r"multat[oa]|sanzion\w*|(?:il|del|dal) Garante|tribunale|Autorità|Autoridade|ANPD)\b"
)
# an interviewer's question; yes: "Why did you close the comments?"; no: "Why? Tell us below."
ASKING: Final = re.compile(
    r"[\s–—-]*(why|how many|how do|how did|what made|what makes|when did|where do|who|pourquoi|"
    r"comment|combien|quand|où|qui|warum|wieso|wie viele|wann|woher|waarom|hoeveel|hoe komt|"
    r"wanneer|perché|quant[ie]|quando|por qué|cuánt[oa]s|cómo|cuándo|por que|quant[oa]s)\b"
    r"[^.!?:]*\?\s*",
    re.IGNORECASE,
)
# yes: "support us", "votre don"; no: "they lived on gifts"
ADDRESS: Final = re.compile(
    r"\b(?:your?|us|vous|votre|vos|nous|Sie|Ihnen|Ihren?|dich|dein\w*|tus?|nos|vuestr\w+|tu[oa]|ci|"
    r"vostr\w+|você|seu|sua|jouw|je|uw|ons)\b"
)
CITING: Final = frozenset(
    {"source", "dates", "tags", "related", "paywall"}
)  # kinds whose words a bibliography uses
# volumes, pages, old years, and quarterlies, whose issues are called by their season
# yes: in "First published in The Review, vol. 7, 1951"; no: "First published on 3 May 2021"
CITED: Final = re.compile(
    r"\b(?:1[5-8]\d\d|19[0-8]\d)\b|\b(?:vol|nos?|núm|num|nr|fasc|tome|tomo|Heft|Jg|Jahrgang|"
    r"jaargang|anno|año|année)\.? ?[\dIVXL]+\b|\bn[°º]|\bpp\.|"
    r",\s(?:spring|summer|autumn|winter|printemps|été|automne|hiver|primavera|verano|otoño|invierno|"
    r"estate|autunno|inverno|verão|outono|lente|voorjaar|zomer|herfst|najaar)\s(?:de\s)?20\d\d\b|"
    r",\s(?:[A-ZÀ-Þ]\w+\s)?(?:1[5-9]|20)\d\d\.?\s*$|\b(?:éd|ed)\. |"
    r"\b(?:Verlag|Éditions|Editorial|editore|uitgeverij)\b"
)
UNLAWFUL: Final = frozenset({"rights"})  # kinds that threaten with courts themselves
# yes: "founded in 1998"; no: "© 2021" (which no plea needs)
PAST: Final = re.compile(r"\b(?:en|in|since|depuis|de|of|vers|by) (?:1[5-9]\d\d|200\d)\b")


def told(block: Block, rule: rules.PhraseRule) -> str | None:
    """Give what shows that the words are somebody's in a story, not the site's own."""
    text = block.text
    if rule.place == "whole":
        return None
    if rule.kind in CITING and not block.linked and (cited := CITED.search(text)):
        return cited[0]
    if rule.kind not in PLEAS:
        return None
    if not block.linked and (asked := ASKING.fullmatch(text)):
        return asked[1]
    outside = QUOTATION.sub(" ", text)
    if outside != text:
        still = any(found.kind == rule.kind for found, _ in rules.phrase_book().matches(outside))
        if rules.normalise(outside) and not still:
            return "the words are quoted"
    found = TELLING.search(text.replace("’", "'"))
    if found is None and ADDRESS.search(text) is None:
        found = PAST.search(text)
    if found is None and rule.kind not in UNLAWFUL:
        found = LAW.search(text)
    return found[0] if found else None
