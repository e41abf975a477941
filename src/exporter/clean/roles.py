"""Words in a byline that name nobody: roles, agencies, organisations, what stands where a name may.

Constants only, in the seven languages and beside them the few words other pages brought along.
"""

import re
from typing import Final

# what a person is: yes: "staff writer", "Chefredakteurin"; no: "Walter Reporti"
ROLE: Final = re.compile(
    r"\b(?:reporters?|editors?|correspondents?|staff|writers?|journalists?|columnist|contributors?"
    r"|producer|analyst|professor|director|fellow|lecturer|chief|senior|deputy|manager|author|team"
    r"|freelancer?|critic|blogger|intern|founder|ceo|president|expert"
    r"|journaliste|rédact\w*|redact\w*|redaz\w*|redak\w*|correspondant\w*|corresponsal|corrispondente"
    r"|correspondente|correspondent|envoyée?|spéciale?|inviato|inviata|enviad[ao]|chronique\w*"
    r"|éditorialiste|professeur\w*|directeur|directrice|maître|chercheu\w*|korrespondent\w*"
    r"|gründer\w*|fondat\w*|fundador\w*|co-founder|lawyer|attorney|rechtsanw\w*|avocate?|abogad[oa]"
    r"|cite|webpage|fact.?check\w*|show|view|icon"
    r"|reporterin|journalistin|volontär\w*|chefred\w*|autor(?:in)?|autora|periodista|giornalista"
    r"|jornalista|repórter|verslaggever|redacteur|hoofdredacteur|columnista|colunista"
    r"|desk|news|newsroom|agenc\w*|agentur\w*|service|admin\w*|webmaster|guest|unknown|anonymous|digital"
    r"|comments?|share|follow|read|min|updated?|published|website|online|magazine|university|institute"
    r"|zuletzt|geändert|aktualisiert|erschienen|log ?in|sign ?in|anmelden|einloggen|press release"
    r"|pressemitteilung|communiqué|comunicado|comunicato|persbericht|articles?|artikel|posts|profile)\b",
    re.IGNORECASE,
)
# who a person writes for; yes: "Associated Press", "dpa"; no: "Reuter"
AGENCY: Final = re.compile(
    r"(?:the )?(?:associated press|ap|reuters|afp|agence france[- ]presse|dpa|dpa-afx|apa|epd|kna"
    r"|sid|efe|europa press|ansa|adnkronos|agi|lusa|belga|anp|ats|keystone-sda|sda|bloomberg"
    r"|pa media|press association|upi|tass|xinhua|agência brasil|estadão conteúdo|télam|aap)",
    re.IGNORECASE,
)
# yes: "Pear Growers Foundation", "Deutscher Obstverband e. V."; no: "Eva Verbandt"
ORGANISATION: Final = re.compile(
    r"\b(?:organi[sz]ations?|foundation|stiftung|fondation|association|asociación|associazione"
    r"|\w*verband|\w*verein|inc|gmbh|ltd|llc|media|press|verlag|editors|group|company|society"
    r"|departe?ment|ministr(?:y|io)|ministero|ministère|\w*ministerium|\w*amt|institut\w*"
    r"|universit\w*|kommission|commission|council|conseil|museum|musée)\b|\be\. ?v\b",
    re.IGNORECASE,
)
# what pages write where an author's name may stand; yes: "Log In", "jdadmin"; no: "Guestav"
NOBODY: Final = re.compile(
    r"\b\w{0,12}admin\w*|\b(?:webmaster|guest|unknown|anonym\w*|anónim[oa]|anonim[oa]|user|default"
    r"|none|null|comments?|share|follow|read|updated?|published|log ?in|sign ?in|anmelden|connexion"
    r"|zuletzt|geändert|erschienen|press release|pressemitteilung|communiqué|comunicado|persbericht"
    r")\b|\A(?:author|editor)\Z|[?!:{}=<>@]",
    re.IGNORECASE,
)
# before a name, no part of it; yes: "Prof. Dr. Eva", "Mme Anne", "Dr. med. Eva"; no: "Drew Lee"
HONORIFIC: Final = re.compile(
    r"\A(?:(?:dr|prof|pr|mr|mrs|ms|dra|dott|dipl|univ)\.[\s-]*|dott\.ssa\s+"
    r"|(?:dr|prof|professor|mme|mlle|mrs|mr|ms|herr|frau|rechtsanw\w+)\s+"
    r"|(?<=\s)(?:med|rer|nat|phil|h\.? ?c|habil|ing|jur)\.\s*)+(?=\S+\s+\S)",
    re.IGNORECASE,
)
# whose picture, drawing or translation it is: nobody's text; yes: "Photos : Marie Roy",
# "Traduit par Paul Lu", "Foto: dpa"; no: "Fotini Rossi", "Ann Video"
OTHERS: Final = re.compile(
    r"[\s,;/|•·(–-]*\b(?:photos?|photograph(?:s|y|ies|ie|er)?|photographe|fotos?|fotograf\w*|bilde?r?"
    r"|illustrations?|illustrazion[ei]|ilustra\w+|zeichnung\w*|dessins?|graphics?|infograph\w*"
    r"|infografik|grafik|videos?|vidéos?|beeld|montage|edited|editing|editado|traduit|traduction"
    r"|translated|translation|übersetz\w*|traducido|traducción|tradotto|traduzione|vertaald|tradução)"
    r"\b\s*(?:(?:de l['’]\w+|aus dem \w+|from \w+|del \w+|dal\w* \w+)\s+)?"
    r"(?::|(?:by|par|de|von|por|di|door|da)\b)\s*"
    r".*?(?=\b(?:texte?|words|text|story)\b\s*(?::|by\b|par\b|von\b|de\b)|\Z)",
    re.IGNORECASE | re.DOTALL,
)
# the small words inside names; yes: "de la", "van der"; no: "nach"
PARTICLES: Final = frozenset(
    {
        "de", "la", "le", "du", "des", "d", "da", "do", "dos", "das", "del", "di", "della", "dello",
        "dei", "van", "von", "der", "den", "ten", "ter", "te", "zu", "zum", "zur", "af", "av", "e",
        "y", "i", "bin", "ibn", "bint", "al", "el", "ben", "san", "st",
    }
)  # fmt: skip
