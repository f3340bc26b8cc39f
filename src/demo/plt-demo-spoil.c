/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Makes the registries disagree about one citizen as real ones do, and says how. */
#include "plt-demo-citizen.h"

#include "plt-demo-capitals.h"
#include "plt-fold.h"

#include <string.h>

typedef struct
{
  PltDemoCitizen     *citizen;
  const PltDemoWorld *world;
  PltDemoAnomaly      kind;
  PltDemoRegistry     registry; /* the one that is wrong */
  PltDemoRandom      *random;
} Case;

static const PltDemoRecord *
get_true (const Case *self)
{
  return &self->citizen->records[PLT_DEMO_IDENTITY];
}

static PltDemoRecord *
get_wrong (const Case *self)
{
  return &self->citizen->records[self->registry];
}

static const char *
keep (const Case *self,
      const char *text)
{
  return plt_demo_citizen_join (self->citizen, text, "", "");
}

/* As the wrong registry's answer writes it: one of them in capitals. */
static const char *
notate (const Case *self,
        const char *text)
{
  g_autofree char *capitals = g_strdup (text);

  if (self->registry == PLT_DEMO_DRIVER)
    plt_demo_capitals_write (capitals, text, strlen (text));

  return keep (self, capitals);
}

static void
tell (const Case *self,
      const char *field,
      const char *true_value,
      const char *false_value)
{
  plt_demo_citizen_add_truth (self->citizen, self->kind, self->registry, field, true_value,
                              false_value);
}

static void
misname_family (const Case *self,
                const char *wrong)
{
  get_wrong (self)->family_name = keep (self, wrong);
  tell (self, "family_name", get_true (self)->family_name, notate (self, wrong));
}

static void
misname_given (const Case *self,
               const char *wrong)
{
  get_wrong (self)->given_names = keep (self, wrong);
  tell (self, "given_names", get_true (self)->given_names, notate (self, wrong));
}

static void
spoil_case (const Case *self)
{
  const char *family = get_true (self)->family_name;
  g_autofree char *small = g_utf8_strdown (family, -1);

  misname_family (self, small);
}

static void
spoil_diacritics (const Case *self)
{
  g_autofree char *family = plt_fold_diacritics (get_true (self)->family_name);
  g_autofree char *given = plt_fold_diacritics (get_true (self)->given_names);

  get_wrong (self)->given_names = keep (self, given);
  misname_family (self, family);
}

/* ICAO Doc 9303, part 3, section 6: letters that become two. */
static char *
expand (const char *text)
{
  static const char *const pairs[][2] = {
    { "ä", "ae" }, { "ö", "oe" }, { "ø", "oe" }, { "ü", "ue" }, { "å", "aa" }, { "ß", "ss" },
    { "æ", "ae" }, { "Ä", "Ae" }, { "Ö", "Oe" }, { "Ø", "Oe" }, { "Ü", "Ue" }, { "Å", "Aa" },
  };
  g_autoptr (GString) expanded = g_string_new (text);

  for (gsize i = 0; i < G_N_ELEMENTS (pairs); i++)
    g_string_replace (expanded, pairs[i][0], pairs[i][1], 0);

  return plt_fold_diacritics (expanded->str);
}

static void
spoil_transliteration (const Case *self)
{
  const char *variant = self->citizen->family->variant;
  g_autofree char *expanded = expand (get_true (self)->family_name);

  misname_family (self, variant != NULL ? variant : expanded);
}

static void
spoil_hyphenation (const Case *self)
{
  gboolean joined = plt_demo_random_range (self->random, 0, 3) == 0;
  g_autoptr (GString) name = g_string_new (get_true (self)->family_name);

  g_string_replace (name, "-", joined ? "" : " ", 0);
  misname_family (self, name->str);
}

/* "van den Berg": left out, run together, or put behind. */
static void
spoil_particle (const Case *self)
{
  const char *family = get_true (self)->family_name;
  const char *last = strrchr (family, ' ') + 1;
  g_autofree char *particle = g_strndup (family, (gsize) (last - 1 - family));
  g_autoptr (GString) joined = g_string_new (family);
  g_autofree char *behind = g_strconcat (last, " ", particle, NULL);
  int way = plt_demo_random_range (self->random, 0, 2);

  g_string_replace (joined, " ", "", 0);
  misname_family (self, way == 0 ? last : way == 1 ? joined->str : behind);
}

static void
spoil_name_order (const Case *self)
{
  if (g_str_equal (get_true (self)->family_name, get_true (self)->given_names))
    return;
  get_wrong (self)->given_names = get_true (self)->family_name;
  misname_family (self, get_true (self)->given_names);
}

static void
spoil_maiden_name (const Case *self)
{
  misname_family (self, self->citizen->birth_family->latin);
}

static void
spoil_married_name (const Case *self)
{
  const PltDemoName *family;

  do
    family = plt_demo_names_pick_family (self->world->names, PLT_DEMO_SCRIPT_LATIN, self->random);
  while (g_str_equal (family->latin, get_true (self)->family_name));
  misname_family (self, family->latin);
}

static void
spoil_middle_name (const Case *self)
{
  const char *given = get_true (self)->given_names;
  g_autofree char *first = g_strndup (given, (gsize) (strchr (given, ' ') - given));

  misname_given (self, first);
}

static void
spoil_initial (const Case *self)
{
  const char *given = get_true (self)->given_names;
  const char *space = strchr (given, ' ');
  const char *from = space != NULL ? space + 1 : given;
  g_autofree char *before = g_strndup (given, (gsize) (from - given));
  g_autofree char *initial = g_strndup (from, (gsize) (g_utf8_next_char (from) - from));
  g_autofree char *short_form = g_strconcat (before, initial, ".", NULL);

  misname_given (self, short_form);
}

static gboolean
is_plain (char c)
{
  return c >= 'a' && c <= 'z';
}

/* Two letters change places, one is doubled, missing or another one. */
static gboolean
mistype_at (GString *name,
            gsize    at,
            int      way)
{
  char *text = name->str;

  if (!is_plain (text[at]) || !is_plain (text[at + 1]) || text[at] == text[at + 1])
    return FALSE;
  switch (way)
    {
    case 0:
      {
        char first = text[at];

        text[at] = text[at + 1];
        text[at + 1] = first;
        return TRUE;
      }
    case 1:
      g_string_insert_c (name, (gssize) at, text[at]);
      return TRUE;
    case 2:
      g_string_erase (name, (gssize) at, 1);
      return TRUE;
    default:
      text[at] = text[at] == 'e' ? 'a' : 'e';
      return TRUE;
    }
}

static char *
mistype (const char    *text,
         PltDemoRandom *random)
{
  g_autoptr (GString) name = g_string_new (text);
  int way = plt_demo_random_range (random, 0, 3);
  gsize start = (gsize) plt_demo_random_range (random, 0, 7);

  for (gsize i = 0; i + 2 < name->len; i++)
    if (mistype_at (name, 1 + (start + i) % (name->len - 2), way))
      return g_strdup (name->str);
  g_string_append_c (name, 'e');

  return g_strdup (name->str);
}

static void
spoil_spelling (const Case *self)
{
  g_autofree char *wrong = NULL;

  if (plt_demo_random_range (self->random, 0, 9) < 7)
    {
      wrong = mistype (get_true (self)->family_name, self->random);
      misname_family (self, wrong);
    }
  else
    {
      wrong = mistype (get_true (self)->given_names, self->random);
      misname_given (self, wrong);
    }
}

static const char *
write_day (const Case *self,
           int         day)
{
  PltDate date = plt_demo_day_to_date (day);

  return plt_demo_citizen_add_text (self->citizen, "%04d-%02d-%02d", date.year, date.month,
                                    date.day);
}

static void
misdate (const Case *self,
         int         wrong)
{
  get_wrong (self)->birth = wrong;
  tell (self, "birth_date", write_day (self, get_true (self)->birth), write_day (self, wrong));
}

static int
turn (int number)
{
  return number % 10 * 10 + number / 10;
}

/* Of day, month and year the first one whose last two digits can change places. */
static void
spoil_digits (const Case *self)
{
  PltDate birth = plt_demo_day_to_date (get_true (self)->birth);
  const PltDate turned[] = {
    { birth.year, birth.month, turn (birth.day) },
    { birth.year, turn (birth.month), birth.day },
    { birth.year / 100 * 100 + turn (birth.year % 100), birth.month, birth.day },
  };
  int start = plt_demo_random_range (self->random, 0, 2);

  for (int i = 0; i < 3; i++)
    {
      PltDate wrong = turned[(start + i) % 3];

      if (plt_date_is_valid (wrong.year, wrong.month, wrong.day) &&
          plt_date_compare (wrong, birth) != 0 &&
          plt_demo_day_from_date (wrong) < self->world->today)
        {
          misdate (self, plt_demo_day_from_date (wrong));
          return;
        }
    }
}

static void
spoil_by_a_day (const Case *self)
{
  misdate (self, get_true (self)->birth + (plt_demo_random_range (self->random, 0, 1) ? 1 : -1));
}

static void
spoil_order_of_date (const Case *self)
{
  PltDate birth = plt_demo_day_to_date (get_true (self)->birth);

  misdate (self, plt_demo_day_new (birth.year, birth.day, birth.month));
}

/* Only punched cards take what is no date. */
static void
spoil_date (const Case *self)
{
  static const int days[][2] = { { 2, 30 }, { 2, 31 }, { 4, 31 }, { 6, 31 }, { 9, 31 }, { 11, 31 },
                                 { 13, 1 }, { 0, 0 }, { 5, 0 }, { 1, 32 } };
  PltDate birth = plt_demo_day_to_date (get_true (self)->birth);
  int at = plt_demo_random_range (self->random, 0, G_N_ELEMENTS (days) - 1);

  self->citizen->punched_birth = plt_demo_citizen_add_text (self->citizen, "%04d%02d%02d",
                                                            birth.year, days[at][0], days[at][1]);
  tell (self, "birth_date", write_day (self, get_true (self)->birth),
        self->citizen->punched_birth);
}

static void
misplace (const Case *self,
          const char *street,
          const char *town)
{
  const PltDemoRecord *record = get_true (self);
  PltDemoRecord *wrong = get_wrong (self);

  wrong->street = street;
  wrong->town = town;
  tell (self, "address", plt_demo_citizen_join (self->citizen, record->street, ", ", record->town),
        notate (self, plt_demo_citizen_join (self->citizen, street, ", ", town)));
}

static void
spoil_address (const Case *self)
{
  const PltDemoHome *before = &self->citizen->homes[1];

  misplace (self, plt_demo_citizen_write_street (self->citizen, before), before->town);
}

static const char *
abbreviate (const Case *self,
            const char *street)
{
  static const char *const forms[][2] = {
    { " Street ", " St. " }, { " Road ", " Rd. " }, { " Avenue ", " Ave. " },
    { " Lane ", " Ln. " }, { " Square ", " Sq. " }, { " Drive ", " Dr. " },
    { " Close ", " Cl. " }, { " Boulevard ", " Blvd. " },
  };
  g_autoptr (GString) text = g_string_new (street);

  for (gsize i = 0; i < G_N_ELEMENTS (forms); i++)
    if (g_string_replace (text, forms[i][0], forms[i][1], 1) > 0)
      return keep (self, text->str);

  return NULL;
}

static void
spoil_address_form (const Case *self)
{
  const PltDemoRecord *record = get_true (self);
  const char *house = strrchr (record->street, ' ') + 1;
  g_autofree char *street = g_strndup (record->street, (gsize) (house - 1 - record->street));
  g_autofree char *postcode = g_strndup (record->town, 4);
  const char *short_street = abbreviate (self, record->street);
  int way = plt_demo_random_range (self->random, 0, 3);

  if (way == 0 && short_street != NULL)
    misplace (self, short_street, record->town);
  else if (way == 1)
    misplace (self, plt_demo_citizen_join (self->citizen, house, " ", street), record->town);
  else if (way == 2)
    misplace (self, record->street,
              plt_demo_citizen_join (self->citizen, record->town + 5, " ", postcode));
  else
    misplace (self, plt_demo_citizen_join (self->citizen, street, " No. ", house), record->town);
}

static void
spoil_check_digit (const Case *self)
{
  char number[12];
  const char *wrong;

  memcpy (number, self->citizen->id_number, sizeof number);
  number[10] = (char) ('0' + (number[10] - '0' + plt_demo_random_range (self->random, 1, 9)) % 10);
  wrong = keep (self, number);
  get_wrong (self)->id_number = wrong;
  tell (self, "id_number", self->citizen->id_number, wrong);
  self->citizen->truths[0].other = wrong;
}

/* The population register knows that somebody died; the others go on with a valid licence. */
static void
spoil_death (const Case *self)
{
  PltDemoCitizen *citizen = self->citizen;

  citizen->death = self->world->today - plt_demo_random_range (self->random, 5, 700);
  citizen->licence_status = 'V';
  citizen->suspended_until = PLT_DEMO_NO_DAY;
  citizen->withdrawn = NULL;
  tell (self, "licence_status", write_day (self, citizen->death), "valid");
}

/* The driver register did not hear of what was withdrawn. */
static void
spoil_category (const Case *self)
{
  PltDemoCitizen *citizen = self->citizen;
  const char *category = citizen->rights[citizen->n_rights - 1].category;

  citizen->licence_status = 'V';
  citizen->suspended_until = PLT_DEMO_NO_DAY;
  citizen->withdrawn = category;
  tell (self, "categories", "", category);
}

static const char *
sex_to_text (char sex)
{
  return sex == 'M' ? "M" : sex == 'F' ? "F" : "X";
}

static void
spoil_sex (const Case *self)
{
  char sex = get_true (self)->sex;

  get_wrong (self)->sex = sex == 'M' ? 'F' : 'M';
  tell (self, "sex", sex_to_text (sex), sex_to_text (get_wrong (self)->sex));
}

static void
spoil_nationality (const Case *self)
{
  static const char *const others[] = { "FRA", "DEU", "POL", "ITA", "ESP", "UKR" };
  const char *nationality = get_true (self)->nationality;
  const char *wrong = others[plt_demo_random_range (self->random, 0, 5)];

  get_wrong (self)->nationality = g_str_equal (nationality, "UTO") ? wrong : "UTO";
  tell (self, "nationality", nationality, get_wrong (self)->nationality);
}

static void
leave_alone (const Case      *self,
             PltDemoRegistry  registry)
{
  for (int i = 0; i < PLT_DEMO_N_REGISTRIES; i++)
    self->citizen->records[i].known = i == (int) registry;
  tell (self, "record", "", "");
}

static void
leave_identity (const Case *self)
{
  self->citizen->shows_licence = TRUE;
  leave_alone (self, PLT_DEMO_IDENTITY);
}

static void
leave_driver (const Case *self)
{
  leave_alone (self, PLT_DEMO_DRIVER);
}

static void
leave_infringement (const Case *self)
{
  leave_alone (self, PLT_DEMO_INFRINGEMENT);
}

/* Which registry is wrong: N_REGISTRIES stands for either of the two that took the data over. */
static const struct
{
  void            (* spoil) (const Case *self);
  PltDemoRegistry   registry;
} ways[PLT_DEMO_N_ANOMALIES] = {
  [PLT_DEMO_ANOMALY_CASE] = { spoil_case, PLT_DEMO_INFRINGEMENT },
  [PLT_DEMO_ANOMALY_DIACRITICS] = { spoil_diacritics, PLT_DEMO_N_REGISTRIES },
  [PLT_DEMO_ANOMALY_TRANSLITERATION] = { spoil_transliteration, PLT_DEMO_N_REGISTRIES },
  [PLT_DEMO_ANOMALY_HYPHENATION] = { spoil_hyphenation, PLT_DEMO_N_REGISTRIES },
  [PLT_DEMO_ANOMALY_PARTICLE] = { spoil_particle, PLT_DEMO_N_REGISTRIES },
  [PLT_DEMO_ANOMALY_SWAPPED_NAMES] = { spoil_name_order, PLT_DEMO_N_REGISTRIES },
  [PLT_DEMO_ANOMALY_MAIDEN_NAME] = { spoil_maiden_name, PLT_DEMO_N_REGISTRIES },
  [PLT_DEMO_ANOMALY_MARRIED_NAME] = { spoil_married_name, PLT_DEMO_DRIVER },
  [PLT_DEMO_ANOMALY_MISSING_MIDDLE_NAME] = { spoil_middle_name, PLT_DEMO_N_REGISTRIES },
  [PLT_DEMO_ANOMALY_INITIAL_ONLY] = { spoil_initial, PLT_DEMO_N_REGISTRIES },
  [PLT_DEMO_ANOMALY_MISSPELT_NAME] = { spoil_spelling, PLT_DEMO_N_REGISTRIES },
  [PLT_DEMO_ANOMALY_DATE_DIGITS_TRANSPOSED] = { spoil_digits, PLT_DEMO_N_REGISTRIES },
  [PLT_DEMO_ANOMALY_DATE_OFF_BY_ONE] = { spoil_by_a_day, PLT_DEMO_N_REGISTRIES },
  [PLT_DEMO_ANOMALY_DAY_MONTH_SWAPPED] = { spoil_order_of_date, PLT_DEMO_N_REGISTRIES },
  [PLT_DEMO_ANOMALY_IMPOSSIBLE_DATE] = { spoil_date, PLT_DEMO_INFRINGEMENT },
  [PLT_DEMO_ANOMALY_STALE_ADDRESS] = { spoil_address, PLT_DEMO_N_REGISTRIES },
  [PLT_DEMO_ANOMALY_ADDRESS_FORMAT] = { spoil_address_form, PLT_DEMO_N_REGISTRIES },
  [PLT_DEMO_ANOMALY_WRONG_CHECK_DIGIT] = { spoil_check_digit, PLT_DEMO_N_REGISTRIES },
  [PLT_DEMO_ANOMALY_DEAD_AND_ALIVE] = { spoil_death, PLT_DEMO_DRIVER },
  [PLT_DEMO_ANOMALY_CATEGORY_WITHDRAWN] = { spoil_category, PLT_DEMO_DRIVER },
  [PLT_DEMO_ANOMALY_SEX_DIFFERS] = { spoil_sex, PLT_DEMO_DRIVER },
  [PLT_DEMO_ANOMALY_NATIONALITY_DIFFERS] = { spoil_nationality, PLT_DEMO_DRIVER },
  [PLT_DEMO_ANOMALY_ONLY_DRIVER] = { leave_driver, PLT_DEMO_DRIVER },
  [PLT_DEMO_ANOMALY_ONLY_IDENTITY] = { leave_identity, PLT_DEMO_IDENTITY },
  [PLT_DEMO_ANOMALY_ONLY_INFRINGEMENT] = { leave_infringement, PLT_DEMO_INFRINGEMENT },
};

void
plt_demo_citizen_spoil (PltDemoCitizen     *self,
                        const PltDemoWorld *world,
                        PltDemoAnomaly      kind,
                        PltDemoRandom      *random)
{
  if (kind == PLT_DEMO_ANOMALY_NONE || ways[kind].spoil == NULL)
    return;

  Case what = { self, world, kind, ways[kind].registry, random };

  if (what.registry == PLT_DEMO_N_REGISTRIES)
    what.registry = plt_demo_random_range (random, 0, 9) < 6 ? PLT_DEMO_DRIVER
                                                             : PLT_DEMO_INFRINGEMENT;
  ways[kind].spoil (&what);
}

/* How somebody is written the second time: without accents or a middle name, misspelt, at another
 * address, or all the same. */
void
plt_demo_citizen_vary (PltDemoCitizen *self,
                       PltDemoRandom  *random)
{
  PltDemoRecord *record = &self->records[PLT_DEMO_IDENTITY];
  int way = plt_demo_random_range (random, 0, 9);
  g_autofree char *family = way < 3 ? plt_fold_diacritics (record->family_name)
                            : way < 6 ? mistype (record->family_name, random)
                                      : g_strdup (record->family_name);
  const char *space = strchr (record->given_names, ' ');

  record->family_name = plt_demo_citizen_join (self, family, "", "");
  if (way >= 6 && way < 8 && space != NULL)
    {
      g_autofree char *first = g_strndup (record->given_names,
                                          (gsize) (space - record->given_names));

      record->given_names = plt_demo_citizen_join (self, first, "", "");
      self->given_names_native = NULL;
      self->family_name_native = NULL;
    }
  if (self->n_homes > 1 && plt_demo_random_range (random, 0, 1) == 0)
    {
      record->street = plt_demo_citizen_write_street (self, &self->homes[1]);
      record->town = self->homes[1].town;
      self->homes[0] = self->homes[1];
    }
  self->n_homes = 1;
}
