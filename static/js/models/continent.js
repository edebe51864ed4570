// The continent that a time zone lies on. Pure; the zone itself is told to nobody.

const AREAS = { Africa: "africa", America: "north america", Antarctica: "antarctica", Arctic: "europe", Asia: "asia", Australia: "oceania", Europe: "europe", Pacific: "oceania" };

// Where the first part of a zone's name tells another continent, or none.
const ELSEWHERE = {
  "south america":
    "America/Araguaina America/Argentina America/Asuncion America/Bahia America/Belem America/Boa_Vista America/Bogota America/Buenos_Aires America/Campo_Grande America/Caracas America/Catamarca America/Cayenne America/Cordoba America/Coyhaique America/Cuiaba America/Eirunepe America/Fortaleza America/Guayaquil America/Guyana America/Jujuy America/La_Paz America/Lima America/Maceio America/Manaus America/Mendoza America/Montevideo America/Noronha America/Paramaribo America/Porto_Acre America/Porto_Velho America/Punta_Arenas America/Recife America/Rio_Branco America/Rosario America/Santarem America/Santiago America/Sao_Paulo Atlantic/South_Georgia Atlantic/Stanley Pacific/Easter Pacific/Galapagos",
  "north america": "Atlantic/Bermuda",
  africa: "Atlantic/Cape_Verde Atlantic/St_Helena Indian/Antananarivo Indian/Comoro Indian/Mahe Indian/Mauritius Indian/Mayotte Indian/Reunion",
  europe: "Atlantic/Azores Atlantic/Canary Atlantic/Faeroe Atlantic/Faroe Atlantic/Jan_Mayen Atlantic/Madeira Atlantic/Reykjavik",
  asia: "Indian/Chagos Indian/Christmas Indian/Cocos Indian/Maldives",
  antarctica: "Indian/Kerguelen",
};
const ZONES = new Map(Object.entries(ELSEWHERE).flatMap(([continent, zones]) => zones.split(" ").map((zone) => [zone, continent])));

/** Return the continent of an IANA time zone, "" where that says nothing. */
export function continentOf(zone) {
  const [area, place] = String(zone ?? "").split("/");
  if (!place) return "";
  return ZONES.get(`${area}/${place}`) ?? AREAS[area] ?? "";
}
