/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Decoding answers: canonical values, and refusals that name the field but never the value. */
#include "plt-answer-decoder.h"

#include <string.h>

#define ID_NUMBER "12345678903"
#define OFFENCES "{\"path\":\"/o\",\"each\":{\"date\":\"/d\",\"points\":\"/p\",\"code\":\"/c\"}}"
#define TESTS \
  "{\"path\":\"/t\",\"each\":{\"code\":\"/k\",\"kind\":\"/w\",\"date\":\"/d\",\"result\":\"/r\",\"examiner\":\"/e\"}," \
  "\"map\":{\"B\":\"B\",\"B+E\":\"BE\",\"T\":\"\",\"P\":\"practical\",\"TH\":\"theory\",\"true\":\"passed\",\"false\":\"failed\"}," \
  "\"format\":\"DD.MM.YYYY\",\"none\":[\"-\"]}"
#define MEDICALS "{\"path\":\"/m\",\"each\":{\"group\":\"/g\",\"from\":\"/f\",\"to\":\"/t\",\"result\":\"/r\"}}"

static PltRegistryAdapter *
load (const char *fields)
{
  g_autofree char *text = g_strdup_printf (
    "{\"registry\":1,\"source\":\"identity\",\"title\":\"Test Register\","
    "\"url\":\"https://r.example/{id_number}\","
    "\"authentication\":{\"type\":\"bearer\",\"token_file\":\"t\"},"
    "\"answer\":{\"root\":\"/p\",\"not_found\":{\"missing\":\"/p\"},\"id_number\":\"/id\","
    "\"fields\":%s,\"portrait\":{\"path\":\"/face\",\"encoding\":\"base64\"}}}",
    fields);
  g_autoptr (GError) error = NULL;
  PltRegistryAdapter *adapter =
    plt_registry_adapter_new_from_data ("/r.json", text, strlen (text), &error);

  g_assert_no_error (error);

  return adapter;
}

static void
test_values (void)
{
  static const struct
  {
    PltField    field;
    const char *mapping;
    const char *person; /* members of the person */
    const char *value;  /* NULL: none; "!": refused, with such words */
  } rows[] = {
    /* text as it is, but for white space at the ends */
    { PLT_FIELD_FAMILY_NAME, "{\"path\":\"/n\"}", "\"n\":\" DE  LA CRUZ \"", "DE  LA CRUZ" },
    /* composed (NFC) */
    { PLT_FIELD_FAMILY_NAME, "{\"path\":\"/n\"}", "\"n\":\"A\\u030angstrom\"", "Ångstrom" },
    /* no value in all its forms */
    { PLT_FIELD_FAMILY_NAME, "{\"path\":\"/n\"}", "\"n\":null", NULL },
    { PLT_FIELD_FAMILY_NAME, "{\"path\":\"/n\"}", "\"n\":\"  \"", NULL },
    { PLT_FIELD_FAMILY_NAME, "{\"path\":\"/n\"}", "\"m\":1", NULL },
    { PLT_FIELD_FAMILY_NAME, "{\"path\":\"/n\",\"required\":true}", "\"n\":\"\"", "!" },
    /* arrays only where they are joined */
    { PLT_FIELD_GIVEN_NAMES, "{\"path\":\"/n\",\"join\":\" \"}", "\"n\":[\"Ann\",\"\",\"May\"]",
      "Ann May" },
    { PLT_FIELD_GIVEN_NAMES, "{\"path\":\"/n\"}", "\"n\":[\"Ann\"]", "!" },
    { PLT_FIELD_GIVEN_NAMES, "{\"path\":\"/n\",\"join\":\" \"}", "\"n\":[{}]", "!" },
    { PLT_FIELD_FAMILY_NAME, "{\"path\":\"/n\"}", "\"n\":{}", "!" },
    /* several places, of which one may be empty */
    { PLT_FIELD_ADDRESS, "{\"paths\":[\"/s\",\"/u\",\"/t\"],\"join\":\", \"}",
      "\"s\":\"Elm 1\",\"t\":\"Town\"", "Elm 1, Town" },
    /* lines of an address; control characters nowhere */
    { PLT_FIELD_ADDRESS, "{\"path\":\"/a\"}", "\"a\":\"Elm 1\\r\\nTown\"", "Elm 1, Town" },
    { PLT_FIELD_FAMILY_NAME, "{\"path\":\"/n\"}", "\"n\":\"a\\nb\"", "!" },
    { PLT_FIELD_FAMILY_NAME, "{\"path\":\"/n\"}", "\"n\":\"a\\u001bb\"", "!" },
    /* an array element and an escaped member name (RFC 6901) */
    { PLT_FIELD_FAMILY_NAME, "{\"path\":\"/l/1/a~1b\"}", "\"l\":[0,{\"a/b\":\"x\"}]", "x" },
    { PLT_FIELD_FAMILY_NAME, "{\"path\":\"/l/01\"}", "\"l\":[\"a\",\"b\"]", NULL },
    { PLT_FIELD_FAMILY_NAME, "{\"path\":\"/l/9\"}", "\"l\":[\"a\",\"b\"]", NULL },
    /* dates in their formats, and no other */
    { PLT_FIELD_BIRTH_DATE, "{\"path\":\"/b\"}", "\"b\":\"1980-02-29\"", "1980-02-29" },
    { PLT_FIELD_BIRTH_DATE, "{\"path\":\"/b\"}", "\"b\":\"1981-02-29\"", "!" },
    { PLT_FIELD_BIRTH_DATE, "{\"path\":\"/b\"}", "\"b\":\"01.02.1980\"", "!" },
    { PLT_FIELD_BIRTH_DATE, "{\"path\":\"/b\"}", "\"b\":\"1980-02-29T00:00:00Z\"", "!" },
    { PLT_FIELD_BIRTH_DATE, "{\"path\":\"/b\",\"format\":\"DD.MM.YYYY\"}", "\"b\":\"03.02.1980\"",
      "1980-02-03" },
    { PLT_FIELD_BIRTH_DATE, "{\"path\":\"/b\",\"format\":\"MM/DD/YYYY\"}", "\"b\":\"02/03/1980\"",
      "1980-02-03" },
    { PLT_FIELD_BIRTH_DATE, "{\"path\":\"/b\",\"format\":\"DD/MM/YYYY\"}", "\"b\":\"02/13/1980\"",
      "!" },
    { PLT_FIELD_BIRTH_DATE, "{\"path\":\"/b\",\"format\":\"YYYYMMDD\"}", "\"b\":19800203",
      "1980-02-03" },
    { PLT_FIELD_BIRTH_DATE, "{\"path\":\"/b\"}", "\"b\":true", "!" },
    /* moments are days in a zone */
    { PLT_FIELD_BIRTH_DATE, "{\"path\":\"/b\",\"format\":\"epoch-s\"}", "\"b\":0", "1970-01-01" },
    { PLT_FIELD_BIRTH_DATE, "{\"path\":\"/b\",\"format\":\"epoch-s\"}", "\"b\":-1", "1969-12-31" },
    { PLT_FIELD_BIRTH_DATE, "{\"path\":\"/b\",\"format\":\"epoch-ms\"}", "\"b\":-1", "1969-12-31" },
    { PLT_FIELD_BIRTH_DATE, "{\"path\":\"/b\",\"format\":\"epoch-ms\"}", "\"b\":\"326332800000\"",
      "1980-05-05" },
    { PLT_FIELD_BIRTH_DATE, "{\"path\":\"/b\",\"format\":\"epoch-ms\",\"zone\":\"+03:00\"}",
      "\"b\":326322000000", "1980-05-05" },
    { PLT_FIELD_BIRTH_DATE, "{\"path\":\"/b\",\"format\":\"epoch-ms\"}", "\"b\":326322000000",
      "1980-05-04" },
    { PLT_FIELD_BIRTH_DATE, "{\"path\":\"/b\",\"format\":\"epoch-s\"}",
      "\"b\":999999999999999999", "!" },
    { PLT_FIELD_BIRTH_DATE, "{\"path\":\"/b\",\"format\":\"epoch-s\"}", "\"b\":1.5", "!" },
    { PLT_FIELD_BIRTH_DATE, "{\"path\":\"/b\",\"format\":\"epoch-s\"}", "\"b\":\"12x\"", "!" },
    { PLT_FIELD_BIRTH_DATE, "{\"path\":\"/b\",\"format\":\"date-time\"}",
      "\"b\":\"1980-05-05T23:30:00Z\"", "1980-05-05" },
    { PLT_FIELD_BIRTH_DATE, "{\"path\":\"/b\",\"format\":\"date-time\",\"zone\":\"+01:00\"}",
      "\"b\":\"1980-05-05T23:30:00Z\"", "1980-05-06" },
    { PLT_FIELD_BIRTH_DATE, "{\"path\":\"/b\",\"format\":\"date-time\"}", "\"b\":\"1980-05-05\"",
      "!" },
    /* other forms of a date */
    { PLT_FIELD_BIRTH_DATE, "{\"path\":\"/b\",\"format\":\"D.M.YYYY\"}", "\"b\":\"5.5.1980\"",
      "1980-05-05" },
    { PLT_FIELD_BIRTH_DATE, "{\"path\":\"/b\",\"format\":\"D.M.YYYY\"}", "\"b\":\"15.12.1980\"",
      "1980-12-15" },
    { PLT_FIELD_BIRTH_DATE, "{\"path\":\"/b\",\"format\":\"DDMMYYYY\"}", "\"b\":\"05061980\"",
      "1980-06-05" },
    { PLT_FIELD_BIRTH_DATE, "{\"path\":\"/b\",\"format\":\"DD-MON-YYYY\"}",
      "\"b\":\"05-JUN-1980\"", "1980-06-05" },
    { PLT_FIELD_BIRTH_DATE, "{\"path\":\"/b\",\"format\":\"D MON YYYY\",\"months\":[\"janvier\","
      "\"février\",\"mars\",\"avril\",\"mai\",\"juin\",\"juillet\",\"août\",\"septembre\","
      "\"octobre\",\"novembre\",\"décembre\"]}", "\"b\":\"5 FÉVRIER 1980\"", "1980-02-05" },
    { PLT_FIELD_BIRTH_DATE, "{\"path\":\"/b\",\"format\":\"D MON YYYY\",\"months\":[\"janv.\","
      "\"févr.\",\"mars\",\"avr.\",\"mai\",\"juin\",\"juil.\",\"août\",\"sept.\",\"oct.\",\"nov.\","
      "\"déc.\"]}", "\"b\":\"14 fe\\u0301vr. 1979\"", "1979-02-14" },
    { PLT_FIELD_BIRTH_DATE, "{\"path\":\"/b\",\"format\":\"D MON YYYY\",\"months\":[\"มกราคม\","
      "\"กุมภาพันธ์\",\"มีนาคม\",\"เมษายน\",\"พฤษภาคม\",\"มิถุนายน\",\"กรกฎาคม\",\"สิงหาคม\",\"กันยายน\","
      "\"ตุลาคม\",\"พฤศจิกายน\",\"ธันวาคม\"]}", "\"b\":\"7 ธันวาคม 1979\"", "1979-12-07" },
    { PLT_FIELD_BIRTH_DATE, "{\"path\":\"/b\",\"format\":\"YYYY/MM/DD\"}", "\"b\":\"1980/13/01\"",
      "!" },
    /* what stands for no value */
    { PLT_FIELD_DEATH_DATE, "{\"path\":\"/b\",\"none\":[\"9999-12-31\",\"0\"]}",
      "\"b\":\"9999-12-31\"", NULL },
    { PLT_FIELD_FAMILY_NAME, "{\"path\":\"/n\",\"none\":[\"-\"]}", "\"n\":\" - \"", NULL },
    /* a joined name, taken apart by the registry's own rule and by no other */
    { PLT_FIELD_FAMILY_NAME, "{\"path\":\"/n\",\"split\":\"comma\"}", "\"n\":\"De la Cruz, Ana  Maria\"",
      "De la Cruz" },
    { PLT_FIELD_GIVEN_NAMES, "{\"path\":\"/n\",\"split\":\"comma\"}", "\"n\":\"De la Cruz, Ana  Maria\"",
      "Ana Maria" },
    { PLT_FIELD_GIVEN_NAMES, "{\"path\":\"/n\",\"split\":\"comma\"}", "\"n\":\"Cher,\"", NULL },
    { PLT_FIELD_FAMILY_NAME, "{\"path\":\"/n\",\"split\":\"comma\"}", "\"n\":\"Ana Cruz\"", "!" },
    { PLT_FIELD_FAMILY_NAME, "{\"path\":\"/n\",\"split\":\"comma\"}", "\"n\":\"Cruz, Ana, Dr\"",
      "!" },
    { PLT_FIELD_FAMILY_NAME, "{\"path\":\"/n\",\"split\":\"upper-case\"}",
      "\"n\":\"Søren Ole ØSTERGÅRD\"", "ØSTERGÅRD" },
    { PLT_FIELD_GIVEN_NAMES, "{\"path\":\"/n\",\"split\":\"upper-case\"}",
      "\"n\":\"ØSTERGÅRD LUND Søren J\"", "Søren J" },
    { PLT_FIELD_FAMILY_NAME, "{\"path\":\"/n\",\"split\":\"upper-case\",\"particles\":[\"van\"]}",
      "\"n\":\"Jan van DYKE\"", "van DYKE" },
    { PLT_FIELD_FAMILY_NAME, "{\"path\":\"/n\",\"split\":\"upper-case\"}", "\"n\":\"JAN DYKE\"", "!" },
    { PLT_FIELD_FAMILY_NAME, "{\"path\":\"/n\",\"split\":\"upper-case\"}", "\"n\":\"Jan Dyke\"", "!" },
    { PLT_FIELD_FAMILY_NAME, "{\"path\":\"/n\",\"split\":\"upper-case\"}",
      "\"n\":\"Jan DYKE Piet\"", "!" },
    { PLT_FIELD_FAMILY_NAME,
      "{\"path\":\"/n\",\"split\":\"last-word\",\"particles\":[\"van\",\"der\"]}",
      "\"n\":\"Jan Van der Berg\"", "Van der Berg" },
    { PLT_FIELD_GIVEN_NAMES, "{\"path\":\"/n\",\"split\":\"last-word\"}", "\"n\":\"Jan Piet Berg\"",
      "Jan Piet" },
    { PLT_FIELD_GIVEN_NAMES, "{\"path\":\"/n\",\"split\":\"last-word\"}", "\"n\":\"Plato\"", NULL },
    { PLT_FIELD_FAMILY_NAME, "{\"path\":\"/n\",\"split\":\"first-word\"}", "\"n\":\"Nagy Anna\"",
      "Nagy" },
    { PLT_FIELD_FAMILY_NAME,
      "{\"path\":\"/n\",\"split\":\"first-word\",\"particles\":[\"van\"]}",
      "\"n\":\"van Dyke Jan\"", "van Dyke" },
    /* words, mapped or not */
    { PLT_FIELD_SEX, "{\"path\":\"/s\",\"map\":{\"1\":\"M\",\"2\":\"F\"}}", "\"s\":2", "F" },
    { PLT_FIELD_SEX, "{\"path\":\"/s\",\"map\":{\"1\":\"M\",\"2\":\"F\"}}", "\"s\":3", "!" },
    { PLT_FIELD_SEX, "{\"path\":\"/s/eo\",\"map\":{\"Viro\":\"M\",\"Ŝi\":\"F\"}}",
      "\"s\":{\"eo\":\"ŜI\"}", "F" },
    { PLT_FIELD_SEX, "{\"path\":\"/s\",\"map\":{\"m\":\"M\",\"M\":\"F\"}}", "\"s\":\"m\"", "M" },
    { PLT_FIELD_SEX, "{\"path\":\"/s\"}", "\"s\":\"m\"", "!" },
    { PLT_FIELD_NATIONALITY, "{\"path\":\"/c\"}", "\"c\":\"UTO\"", "UTO" },
    { PLT_FIELD_NATIONALITY, "{\"path\":\"/c\"}", "\"c\":\"UT\"", "!" },
    { PLT_FIELD_LICENCE_STATUS, "{\"path\":\"/c\"}", "\"c\":\"revoked\"", "!" },
    /* numbers */
    { PLT_FIELD_POINTS, "{\"path\":\"/n\"}", "\"n\":12", "12" },
    { PLT_FIELD_POINTS, "{\"path\":\"/n\"}", "\"n\":-1", "!" },
    { PLT_FIELD_POINTS, "{\"path\":\"/n\"}", "\"n\":1.5", "!" },
    { PLT_FIELD_POINTS, "{\"path\":\"/n\"}", "\"n\":\"7\"", "!" },
    { PLT_FIELD_POINTS, "{\"path\":\"/n\",\"as\":\"text\"}", "\"n\":\"7\"", "7" },
    { PLT_FIELD_POINTS, "{\"path\":\"/n\",\"as\":\"text\"}", "\"n\":\"seven\"", "!" },
    { PLT_FIELD_POINTS, "{\"path\":\"/n\"}", "\"n\":true", "!" },
    { PLT_FIELD_POINTS, "{\"path\":\"/n\",\"none\":[\"-1\"]}", "\"n\":-1", NULL },
    /* money */
    { PLT_FIELD_UNPAID, "{\"path\":\"/n\"}", "\"n\":1250", "1250" },
    { PLT_FIELD_UNPAID, "{\"path\":\"/n\",\"format\":\"major\"}", "\"n\":12.5", "1250" },
    { PLT_FIELD_UNPAID, "{\"path\":\"/n\",\"format\":\"major\"}", "\"n\":0.29", "29" },
    { PLT_FIELD_UNPAID, "{\"path\":\"/n\",\"format\":\"major\",\"as\":\"text\"}",
      "\"n\":\"12.50\"", "1250" },
    { PLT_FIELD_UNPAID, "{\"path\":\"/n\",\"format\":\"major\",\"as\":\"text\"}",
      "\"n\":\"12.505\"", "!" },
    { PLT_FIELD_UNPAID, "{\"path\":\"/n\",\"format\":\"major\"}", "\"n\":\"12.50\"", "!" },
    { PLT_FIELD_UNPAID, "{\"path\":\"/n\",\"format\":\"major\"}", "\"n\":1e300", "!" },
    { PLT_FIELD_UNPAID, "{\"path\":\"/n\",\"as\":\"text\"}", "\"n\":\"12.50\"", "!" },
    { PLT_FIELD_UNPAID, "{\"path\":\"/n\"}", "\"n\":99999999999999", "!" },
    /* categories: sorted, mapped, some left out */
    { PLT_FIELD_CATEGORIES,
      "{\"path\":\"/c\",\"each\":{\"code\":\"/k\",\"from\":\"/f\",\"to\":\"/t\",\"restrictions\":\"/r\"},"
      "\"map\":{\"B\":\"B\",\"B+E\":\"BE\",\"AM\":\"AM\",\"T\":\"\"},\"format\":\"DD.MM.YYYY\"}",
      "\"c\":[{\"k\":\"B+E\",\"f\":\"01.02.2003\",\"t\":\"31.12.2030\",\"r\":[\"01\",\"78\"]},"
      "{\"k\":\"T\"},{\"k\":\"AM\",\"r\":\"\"}]",
      "AM;;;|BE;2003-02-01;2030-12-31;01,78" },
    /* withdrawn categories: objects, codes or one text; in our order, each once */
    { PLT_FIELD_WITHDRAWN, "{\"path\":\"/w\",\"each\":{\"code\":\"/k\"},\"map\":{\"C+E\":\"CE\",\"B\":\"B\",\"T\":\"\"}}",
      "\"w\":[{\"k\":\"C+E\"},{\"k\":\"B\",\"since\":1},{\"k\":\"T\"},{\"k\":\"C+E\"}]", "B,CE" },
    { PLT_FIELD_WITHDRAWN, "{\"path\":\"/w\"}", "\"w\":[\"CE\",\"B\"]", "B,CE" },
    { PLT_FIELD_WITHDRAWN, "{\"path\":\"/w\"}", "\"w\":\"CE, B\"", "B,CE" },
    { PLT_FIELD_WITHDRAWN, "{\"path\":\"/w\"}", "\"w\":[\"B\",\"ALL\"]", "ALL" },
    { PLT_FIELD_WITHDRAWN, "{\"path\":\"/w\",\"map\":{\"*\":\"ALL\"}}", "\"w\":\"*\"", "ALL" },
    { PLT_FIELD_WITHDRAWN, "{\"path\":\"/w\",\"none\":[\"-\"]}", "\"w\":\"-\"", NULL },
    { PLT_FIELD_WITHDRAWN, "{\"path\":\"/w\"}", "\"w\":[]", NULL },
    { PLT_FIELD_WITHDRAWN, "{\"path\":\"/w\"}", "\"w\":null", NULL },
    { PLT_FIELD_WITHDRAWN, "{\"path\":\"/w\"}", "\"w\":[\"Q\"]", "!" },
    /* offences, tests, medical certificates: what the rules of law read, and nothing else */
    { PLT_FIELD_OFFENCES, OFFENCES, "\"o\":[{\"d\":\"2025-01-31\",\"p\":3,\"c\":\"Red light\"},{\"d\":\"2024-02-29\",\"p\":\"007\"}]",
      "2025-01-31;3;Red light|2024-02-29;7;" },
    { PLT_FIELD_OFFENCES, OFFENCES, "\"o\":[]", NULL },
    { PLT_FIELD_OFFENCES, OFFENCES, "\"o\":null", NULL },
    { PLT_FIELD_OFFENCES, OFFENCES, "\"o\":{\"d\":\"2025-01-31\",\"p\":3}", "!another type" },
    { PLT_FIELD_OFFENCES, OFFENCES, "\"o\":[7]", "!missing" },
    { PLT_FIELD_OFFENCES, OFFENCES, "\"o\":[{\"d\":[\"2025-01-31\"],\"p\":3}]", "!another type" },
    { PLT_FIELD_OFFENCES, OFFENCES, "\"o\":[{\"d\":\"2025-01-31\",\"p\":3.5}]", "!another type" },
    { PLT_FIELD_OFFENCES, OFFENCES, "\"o\":[{\"d\":\"2025-01-31\",\"p\":true}]", "!no number" },
    { PLT_FIELD_OFFENCES, OFFENCES, "\"o\":[{\"d\":\"2025-01-31\",\"p\":-1}]", "!no number" },
    { PLT_FIELD_OFFENCES, OFFENCES, "\"o\":[{\"d\":\"2025-01-31\",\"p\":1000}]", "!no number" },
    { PLT_FIELD_OFFENCES, OFFENCES, "\"o\":[{\"p\":3}]", "!missing" },
    { PLT_FIELD_OFFENCES, OFFENCES, "\"o\":[{\"d\":\"0000-00-00\",\"p\":3}]", "!no date" },
    { PLT_FIELD_OFFENCES, OFFENCES, "\"o\":[{\"d\":\"2023-02-29\",\"p\":3}]", "!no date" },
    { PLT_FIELD_OFFENCES, OFFENCES, "\"o\":[{\"d\":\"2999-01-01\",\"p\":3}]", "!still to come" },
    { PLT_FIELD_OFFENCES, OFFENCES, "\"o\":[{\"d\":\"2025-01-31\",\"p\":3,\"c\":\"a;b\"}]", "!characters" },
    { PLT_FIELD_OFFENCES, OFFENCES, "\"o\":[{\"d\":\"2025-01-31\",\"p\":3,\"c\":\"a|2025-01-01\"}]", "!characters" },
    { PLT_FIELD_OFFENCES, OFFENCES, "\"o\":[{\"d\":\"2025-01-31\",\"p\":3,\"c\":\"a\\nb\"}]", "!characters" },
    { PLT_FIELD_TESTS, TESTS,
      "\"t\":[{\"k\":\"B+E\",\"w\":\"P\",\"d\":\"31.01.2025\",\"r\":true,\"e\":\"Vera Holm\"},{\"k\":\"T\",\"w\":\"TH\",\"d\":\"01.01.2025\",\"r\":false},"
      "{\"k\":\"B\",\"w\":\"TH\",\"d\":\"29.02.2024\",\"r\":false,\"e\":\"-\"}]",
      "BE;practical;2025-01-31;passed;Vera Holm|B;theory;2024-02-29;failed;" },
    { PLT_FIELD_TESTS, TESTS, "\"t\":[{\"k\":\"Q\",\"w\":\"P\",\"d\":\"31.01.2025\",\"r\":true}]", "!agreed" },
    { PLT_FIELD_TESTS, TESTS, "\"t\":[{\"k\":\"B\",\"w\":\"B\",\"d\":\"31.01.2025\",\"r\":true}]", "!agreed" },
    { PLT_FIELD_TESTS, TESTS, "\"t\":[{\"k\":\"B\",\"w\":\"P\",\"d\":\"2025-01-31\",\"r\":true}]", "!no date" },
    { PLT_FIELD_TESTS, TESTS, "\"t\":[{\"k\":\"B\",\"w\":\"P\",\"d\":\"31.01.2999\",\"r\":true}]", "!still to come" },
    { PLT_FIELD_TESTS, TESTS, "\"t\":\"B\"", "!another type" },
    { PLT_FIELD_MEDICALS, MEDICALS, "\"m\":[{\"g\":2,\"f\":\"2026-01-01\",\"t\":\"2999-01-01\",\"r\":\"fit\"},{\"g\":\"1\",\"t\":\"2025-02-28\",\"r\":\"unfit\"}]",
      "2;2026-01-01;2999-01-01;fit|1;;2025-02-28;unfit" },
    { PLT_FIELD_MEDICALS, MEDICALS, "\"m\":[{\"g\":3,\"t\":\"2025-02-28\",\"r\":\"fit\"}]", "!agreed" },
    { PLT_FIELD_MEDICALS, MEDICALS, "\"m\":[{\"g\":2,\"t\":\"2025-02-28\",\"r\":\"maybe\"}]", "!agreed" },
    { PLT_FIELD_MEDICALS, MEDICALS, "\"m\":[{\"g\":2,\"f\":\"2999-01-01\",\"t\":\"2999-02-28\",\"r\":\"fit\"}]", "!still to come" },
    { PLT_FIELD_MEDICALS, MEDICALS, "\"m\":[{\"g\":2,\"f\":\"2025-03-01\",\"t\":\"2025-02-28\",\"r\":\"fit\"}]", "!ends before" },
    { PLT_FIELD_RESIDENT_SINCE, "{\"path\":\"/s\"}", "\"s\":\"2001-01-31\"", "2001-01-31" },
    { PLT_FIELD_RESIDENT_SINCE, "{\"path\":\"/s\"}", "\"s\":\"2999-01-01\"", "!still to come" },
    { PLT_FIELD_RESIDENT_SINCE, "{\"path\":\"/s\"}", "\"s\":\"0000-00-00\"", "!no date" },
    { PLT_FIELD_RESIDENCE_COUNTRY, "{\"path\":\"/s\",\"map\":{\"Sweden\":\"SWE\"}}", "\"s\":\"Sweden\"", "SWE" },
    { PLT_FIELD_RESIDENCE_COUNTRY, "{\"path\":\"/s\"}", "\"s\":\"Sweden\"", "!agreed" },
    { PLT_FIELD_DISQUALIFIED_UNTIL, "{\"path\":\"/s\"}", "\"s\":\"2999-01-01\"", "2999-01-01" },
    { PLT_FIELD_WITHDRAWN, "{\"path\":\"/w\"}", "\"w\":[null]", "!" },
    { PLT_FIELD_WITHDRAWN, "{\"path\":\"/w\"}", "\"w\":[{\"k\":\"B\"}]", "!" },
    { PLT_FIELD_WITHDRAWN, "{\"path\":\"/w\"}", "\"w\":true", "!" },
    { PLT_FIELD_WITHDRAWN, "{\"path\":\"/w\",\"each\":{\"code\":\"/k\"}}", "\"w\":[{\"c\":\"B\"}]", "!" },
    { PLT_FIELD_WITHDRAWN, "{\"path\":\"/w\",\"each\":{\"code\":\"/k\"}}", "\"w\":\"B\"", "!" },
    { PLT_FIELD_WITHDRAWN, "{\"path\":\"/w\",\"required\":true}", "\"w\":[]", "!" },
    /* a part of the text */
    { PLT_FIELD_PORTRAIT_OF, "{\"path\":\"/r\",\"take\":\"/([0-9]{11})$\"}", "\"r\":\"F/1985/10027182816\"",
      "10027182816" },
    { PLT_FIELD_PORTRAIT_OF, "{\"path\":\"/r\",\"take\":\"[0-9]{11}\"}", "\"r\":\"F-10027182816.jpg\"",
      "10027182816" },
    { PLT_FIELD_PORTRAIT_OF, "{\"path\":\"/r\",\"take\":\"/([0-9]{11})$\"}", "\"r\":\"F/1985/1002718\"", "!" },
    { PLT_FIELD_PORTRAIT_OF, "{\"path\":\"/r\",\"take\":\"/([0-9]{11})$\"}", "\"r\":null", NULL },
    { PLT_FIELD_PORTRAIT_OF, "{\"path\":\"/r\",\"take\":\"^[0-9]+\",\"none\":[\"none\"]}", "\"r\":\"none\"", NULL },
    { PLT_FIELD_PORTRAIT_OF, "{\"path\":\"/r\",\"take\":\"x*\"}", "\"r\":\"abc\"", NULL },
    { PLT_FIELD_BIRTH_DATE, "{\"path\":\"/b\",\"take\":\"^[^ ]+\"}", "\"b\":\"1980-02-03 (verified)\"", "1980-02-03" },
    { PLT_FIELD_SEX, "{\"path\":\"/s\",\"take\":\"^(.)\",\"map\":{\"w\":\"F\",\"m\":\"M\"}}", "\"s\":\"weiblich\"", "F" },
    { PLT_FIELD_CATEGORIES, "{\"path\":\"/c\",\"each\":{\"code\":\"/k\"}}",
      "\"c\":[{\"k\":\"B\"},{\"k\":\"B\"}]", "!" },
    { PLT_FIELD_CATEGORIES, "{\"path\":\"/c\",\"each\":{\"code\":\"/k\"}}", "\"c\":[{\"k\":\"Q\"}]",
      "!" },
    { PLT_FIELD_CATEGORIES, "{\"path\":\"/c\",\"each\":{\"code\":\"/k\"}}", "\"c\":[{}]", "!" },
    { PLT_FIELD_CATEGORIES, "{\"path\":\"/c\",\"each\":{\"code\":\"/k\"}}", "\"c\":\"B\"", "!" },
    { PLT_FIELD_CATEGORIES, "{\"path\":\"/c\",\"each\":{\"code\":\"/k\"}}", "\"c\":[]", NULL },
    { PLT_FIELD_CATEGORIES, "{\"path\":\"/c\",\"each\":{\"code\":\"/k\",\"restrictions\":\"/r\"}}",
      "\"c\":[{\"k\":\"B\",\"r\":\"01|A;;;\"}]", "!" },
    { PLT_FIELD_CATEGORIES,
      "{\"path\":\"/c\",\"each\":{\"code\":\"/k\",\"from\":\"/f\",\"to\":\"/t\"}}",
      "\"c\":[{\"k\":\"B\",\"f\":\"2020-01-02\",\"t\":\"2020-01-01\"}]", "!" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *fields =
        g_strdup_printf ("{\"%s\":%s}", plt_field_to_nick (rows[i].field), rows[i].mapping);
      g_autofree char *text =
        g_strdup_printf ("{\"p\":{\"id\":\"" ID_NUMBER "\",%s}}", rows[i].person);
      g_autoptr (PltRegistryAdapter) adapter = load (fields);
      g_autoptr (PltSourceAnswer) answer =
        plt_answer_decode (adapter, ID_NUMBER, text, strlen (text));

      g_test_message ("row %d: %s", (int) i, plt_source_answer_get_message (answer));
      if (rows[i].value != NULL && *rows[i].value == '!')
        {
          g_assert_cmpint (plt_source_answer_get_state (answer), ==, PLT_SOURCE_STATE_NONSENSE);
          g_assert_nonnull (strstr (plt_source_answer_get_message (answer), "“/p/"));
          g_assert_nonnull (strstr (plt_source_answer_get_message (answer), rows[i].value + 1));
          continue;
        }
      g_assert_cmpint (plt_source_answer_get_state (answer), ==, PLT_SOURCE_STATE_ANSWERED);
      g_assert_cmpstr (plt_source_answer_get_field (answer, rows[i].field), ==, rows[i].value);
    }
}

/* A list that nobody has is refused by its name; one of five hundred is read. */
static void
test_many (void)
{
  g_autoptr (PltRegistryAdapter) adapter = load ("{\"offences\":" OFFENCES "}");

  for (int n = 500; n <= 501; n++)
    {
      g_autoptr (GString) text = g_string_new ("{\"p\":{\"id\":\"" ID_NUMBER "\",\"o\":[");
      g_autoptr (PltSourceAnswer) answer = NULL;

      for (int i = 0; i < n; i++)
        g_string_append_printf (text, "%s{\"d\":\"2025-01-31\",\"p\":1}", i > 0 ? "," : "");
      g_string_append (text, "]}}");
      answer = plt_answer_decode (adapter, ID_NUMBER, text->str, text->len);
      g_assert_cmpint (plt_source_answer_get_state (answer), ==,
                       n > 500 ? PLT_SOURCE_STATE_NONSENSE : PLT_SOURCE_STATE_ANSWERED);
      if (n > 500)
        g_assert_nonnull (strstr (plt_source_answer_get_message (answer), "“/p/o”: there are more"));
    }
}

static void
test_persons (void)
{
  static const struct
  {
    const char    *text;
    PltSourceState state;
  } rows[] = {
    { "{\"p\":{\"id\":\"" ID_NUMBER "\"}}", PLT_SOURCE_STATE_ANSWERED },
    /* another registry's way to write the number */
    { "{\"p\":{\"id\":\"12345-67890-3\"}}", PLT_SOURCE_STATE_ANSWERED },
    { "{\"p\":{\"id\":" ID_NUMBER "}}", PLT_SOURCE_STATE_ANSWERED },
    /* somebody else, or nobody */
    { "{\"p\":{\"id\":\"10000000000\"}}", PLT_SOURCE_STATE_NONSENSE },
    { "{\"p\":{\"id\":true}}", PLT_SOURCE_STATE_NONSENSE },
    { "{\"p\":{\"id\":[]}}", PLT_SOURCE_STATE_NONSENSE },
    { "{\"p\":{}}", PLT_SOURCE_STATE_NONSENSE },
    { "{\"p\":[]}", PLT_SOURCE_STATE_NONSENSE },
    { "{\"p\":null}", PLT_SOURCE_STATE_NOT_FOUND },
    { "{}", PLT_SOURCE_STATE_NOT_FOUND },
    /* portraits */
    { "{\"p\":{\"id\":\"" ID_NUMBER "\",\"face\":\"/9j/\"}}", PLT_SOURCE_STATE_ANSWERED },
    { "{\"p\":{\"id\":\"" ID_NUMBER "\",\"face\":\"no base64!\"}}", PLT_SOURCE_STATE_NONSENSE },
    { "{\"p\":{\"id\":\"" ID_NUMBER "\",\"face\":{}}}", PLT_SOURCE_STATE_NONSENSE },
  };
  g_autoptr (PltRegistryAdapter) adapter = load ("{\"sex\":{\"path\":\"/sex\"}}");

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (PltSourceAnswer) answer =
        plt_answer_decode (adapter, ID_NUMBER, rows[i].text, strlen (rows[i].text));

      g_test_message ("row %d: %s", (int) i, plt_source_answer_get_message (answer));
      g_assert_cmpint (plt_source_answer_get_state (answer), ==, rows[i].state);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/registry/decoder/values", test_values);
  g_test_add_func ("/registry/decoder/many", test_many);
  g_test_add_func ("/registry/decoder/persons", test_persons);

  return g_test_run ();
}
