"""Countries by the names that news uses for their governments: the country, its capital, its people's adjective."""

from __future__ import annotations

from typing import Final

_TABLE: Final = """
Afghanistan|Kabul|Afghan;Albania|Tirana|Albanian;Algeria|Algiers|Algerian;Angola|Luanda|Angolan;Argentina|Buenos Aires|Argentine,Argentinian
Armenia|Yerevan|Armenian;Australia|Canberra|Australian;Austria|Vienna|Austrian;Azerbaijan|Baku|Azerbaijani,Azeri;Bahrain|Manama|Bahraini
Bangladesh|Dhaka|Bangladeshi;Belarus|Minsk|Belarusian;Belgium||Belgian;Bolivia|La Paz|Bolivian;Bosnia|Sarajevo|Bosnian;Botswana|Gaborone|Botswanan
Brazil|Brasilia,Brasília|Brazilian;Bulgaria|Sofia|Bulgarian;Burkina Faso|Ouagadougou|Burkinabe;Burundi|Bujumbura|Burundian;Cambodia|Phnom Penh|Cambodian
Cameroon|Yaounde,Yaoundé|Cameroonian;Canada|Ottawa|Canadian;Chad|N'Djamena|Chadian;Chile|Santiago|Chilean;China|Beijing,Peking|Chinese;Colombia|Bogota,Bogotá|Colombian
Congo|Kinshasa|Congolese;Costa Rica||Costa Rican;Croatia|Zagreb|Croatian;Cuba|Havana|Cuban;Cyprus|Nicosia|Cypriot;Czech Republic|Prague|Czech
Denmark|Copenhagen|Danish;Ecuador|Quito|Ecuadorian;Egypt|Cairo|Egyptian;El Salvador||Salvadoran;Eritrea|Asmara|Eritrean;Estonia|Tallinn|Estonian;Ethiopia|Addis Ababa|Ethiopian
Finland|Helsinki|Finnish;France|Paris|French;Georgia|Tbilisi|Georgian;Germany|Berlin|German;Ghana|Accra|Ghanaian;Greece|Athens|Greek;Guatemala||Guatemalan
Guinea|Conakry|Guinean;Haiti|Port-au-Prince|Haitian;Honduras|Tegucigalpa|Honduran;Hungary|Budapest|Hungarian;Iceland|Reykjavik|Icelandic;India|New Delhi,Delhi|Indian
Indonesia|Jakarta|Indonesian;Iran|Tehran,Teheran|Iranian;Iraq|Baghdad|Iraqi;Ireland|Dublin|Irish;Israel|Jerusalem,Tel Aviv|Israeli;Italy|Rome|Italian;Ivory Coast|Abidjan|Ivorian
Jamaica||Jamaican;Japan|Tokyo|Japanese;Jordan|Amman|Jordanian;Kazakhstan|Astana|Kazakh;Kenya|Nairobi|Kenyan;Kosovo|Pristina|Kosovar;Kuwait||Kuwaiti;Kyrgyzstan|Bishkek|Kyrgyz
Laos|Vientiane|Laotian;Latvia|Riga|Latvian;Lebanon|Beirut|Lebanese;Liberia|Monrovia|Liberian;Libya|Tripoli|Libyan;Lithuania|Vilnius|Lithuanian;Luxembourg||Luxembourgish
Malawi|Lilongwe|Malawian;Malaysia|Kuala Lumpur|Malaysian;Mali|Bamako|Malian;Malta|Valletta|Maltese;Mexico|Mexico City|Mexican;Moldova|Chisinau,Chișinău|Moldovan;Mongolia|Ulaanbaatar|Mongolian
Montenegro|Podgorica|Montenegrin;Morocco|Rabat|Moroccan;Mozambique|Maputo|Mozambican;Myanmar|Naypyidaw|Burmese;Namibia|Windhoek|Namibian;Nepal|Kathmandu|Nepali,Nepalese
Netherlands|The Hague|Dutch;New Zealand|Wellington|;Nicaragua|Managua|Nicaraguan;Niger|Niamey|Nigerien;Nigeria|Abuja|Nigerian;North Korea|Pyongyang|North Korean;North Macedonia|Skopje|Macedonian
Norway|Oslo|Norwegian;Oman|Muscat|Omani;Pakistan|Islamabad|Pakistani;Palestine|Ramallah|Palestinian;Panama||Panamanian;Paraguay|Asuncion|Paraguayan;Peru|Lima|Peruvian;Philippines|Manila|Philippine,Filipino
Poland|Warsaw|Polish;Portugal|Lisbon|Portuguese;Qatar|Doha|Qatari;Romania|Bucharest|Romanian;Russia|Moscow|Russian;Rwanda|Kigali|Rwandan;Saudi Arabia|Riyadh|Saudi;Senegal|Dakar|Senegalese
Serbia|Belgrade|Serbian;Sierra Leone|Freetown|;Singapore||Singaporean;Slovakia|Bratislava|Slovak;Slovenia|Ljubljana|Slovenian;Somalia|Mogadishu|Somali;South Africa|Pretoria|South African
South Korea|Seoul|South Korean;South Sudan|Juba|South Sudanese;Spain|Madrid|Spanish;Sri Lanka|Colombo|Sri Lankan;Sudan|Khartoum|Sudanese;Sweden|Stockholm|Swedish;Switzerland|Bern|Swiss
Syria|Damascus|Syrian;Taiwan|Taipei|Taiwanese;Tajikistan|Dushanbe|Tajik;Tanzania|Dodoma|Tanzanian;Thailand|Bangkok|Thai;Tunisia|Tunis|Tunisian;Turkey|Ankara|Turkish;Turkmenistan|Ashgabat|Turkmen
Uganda|Kampala|Ugandan;Ukraine|Kyiv,Kiev|Ukrainian;United Arab Emirates|Abu Dhabi|Emirati;United Kingdom|London,Downing Street|British;United States|Washington,White House|American
Uruguay|Montevideo|Uruguayan;Uzbekistan|Tashkent|Uzbek;Venezuela|Caracas|Venezuelan;Vietnam|Hanoi|Vietnamese;Yemen|Sanaa|Yemeni;Zambia|Lusaka|Zambian;Zimbabwe|Harare|Zimbabwean
"""

_ALIASES: Final = {
    "us": "United States",
    "u.s.": "United States",
    "usa": "United States",
    "u.s": "United States",
    "america": "United States",
    "united states of america": "United States",
    "uk": "United Kingdom",
    "u.k.": "United Kingdom",
    "britain": "United Kingdom",
    "great britain": "United Kingdom",
    "kremlin": "Russia",
    "uae": "United Arab Emirates",
    "türkiye": "Turkey",
    "czechia": "Czech Republic",
    "holland": "Netherlands",
    "russian federation": "Russia",
    "people's republic of china": "China",
    "republic of korea": "South Korea",
    "dprk": "North Korea",
}


def _read() -> tuple[dict[str, str], dict[str, str]]:
    names, adjectives = dict(_ALIASES), {}
    for entry in _TABLE.replace("\n", ";").split(";"):
        if not entry:
            continue
        country, capitals, people = entry.split("|")
        for name in (country, *filter(None, capitals.split(","))):
            names[name.lower()] = country
        for adjective in filter(None, people.split(",")):
            adjectives[adjective.lower()] = country
    return names, adjectives


COUNTRIES, ADJECTIVES = _read()
"""Lower-case name of a country, its capital or its seat of government, or adjective -> the country."""


def country_of(word: str) -> str:
    """The country that a name or adjective stands for ("Kyiv", "the Kremlin", "Ukrainian"), or ""."""
    key = word.lower().strip()
    return COUNTRIES.get(key) or ADJECTIVES.get(key) or ""
