/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The expressions of layouts: what each gives, what is refused when it is read, and that nothing
 * else happens whatever is written. */
#include "plt-layout-expression.h"

#include <string.h>

typedef struct
{
  const char *source;
  const char *expect; /* its text; of bad ones words of the problem */
} Case;

static const Case good[] = {
  { "family_name", "Ødegård" },
  { "birth_date", "09.03.2009" },
  { "'it''s'", "it's" },
  { "12", "12" },
  { "upper(family_name)", "ØDEGÅRD" },
  { "upper('straße')", "STRASSE" },
  { "upper('istanbul')", "ISTANBUL" },
  { "lower('ÀÉÎ')", "àéî" },
  { "first('Ödön', 2)", "Öd" },
  { "first('e\xcc\x81" "a', 1)", "e\xcc\x81" },
  { "word(given_names, 2)", "Katarína" },
  { "word(given_names, 9)", "" },
  { "initials('Anne-Marie B.')", "A.-M. B." },
  { "if(sex = 'F', 'Ms', 'Mr')", "Ms" },
  { "if(present(address), address, 'none')", "none" },
  { "default(address, birth_place, 'x')", "Amaurot" },
  { "join(', ', address, birth_place, sex)", "Amaurot, F" },
  { "length(family_name)", "7" },
  { "contains(given_names, 'Kat')", "yes" },
  { "starts(given_names, 'Kat')", "no" },
  { "category('BE')", "yes" },
  { "category('C')", "no" },
  { "restriction('01')", "yes" },
  { "restriction('010')", "no" },
  { "restriction('79')", "no" },
  { "categories", "B BE" },
  { "restrictions", "01.06, 78" },
  { "age(birth_date, issue_date)", "16" },
  { "age(birth_date, issue_date) < 18", "yes" },
  { "age(birth_date, receipt_date) < 18", "no" },
  { "not age(birth_date, receipt_date) < 18", "yes" },
  { "age(birth_date, receipt_date) != 18", "yes" },
  { "date(add_years(birth_date, 21), 'MM/DD/YYYY')", "03/09/2030" },
  { "date(add_days(birth_date, -9), 'YYYYMMDD')", "20090228" },
  { "date(birth_date, 'DD.MM.YY')", "09.03.09" },
  { "add_years(birth_date, 9000)", "" },
  { "add_years(birth_date, -9000)", "" },
  { "birth_date < '2010-01-01'", "yes" },
  { "'2010-01-01' <= birth_date", "no" },
  { "year(issue_date)", "2026" },
  { "yes and not no", "yes" },
  { "no or no or yes and yes", "yes" },
  { "(no or yes) and no", "no" },
  { "sex == 'F'", "yes" },
  { "  family_name   =  'Ødegård'  ", "yes" },
};

static const Case bad[] = {
  { "", "is missing (at character 1)" },
  { "famly_name", "“family_name” may be meant" },
  { "xyz", "“xyz” is not the name of a value" },
  { "family_name <", "is missing" },
  { "family_name < 'B'", "only numbers and dates" },
  { "family_name = 3", "a text cannot be compared with a number" },
  { "birth_date = 'soon'", "a date cannot be compared with a text" },
  { "family_name and yes", "this is a text, not yes or no" },
  { "not birth_date", "this is a date, not yes or no" },
  { "upper(3)", "argument 1 of “upper” must be a text" },
  { "upper()", "“upper” must have 1 arguments, not 0" },
  { "upper('a', 'b')", "“upper” must have 1 arguments, not 2" },
  { "age(birth_date, 'x')", "argument 2 of “age” must be a date" },
  { "if(yes, 'a', 3)", "of one kind" },
  { "if(family_name, 'a', 'b')", "argument 1 of “if” must be yes or no" },
  { "date(birth_date, 'mon')", "made of DD, MM, YYYY and YY" },
  { "date(birth_date, family_name)", "made of DD, MM, YYYY and YY" },
  { "shout(family_name)", "there is no function “shout”; there are upper" },
  { "upper(family_name", "“)” or “,” is missing" },
  { "(yes", "a “)” is missing" },
  { "'open", "no second" },
  { "yes yes", "“yes” is not understood" },
  { "1..2", "not a number" },
  { "1e400", "not a number" },
  { "join(',', 1,2,3,4,5,6,7,8,9)", "8 arguments at most" },
  { "((((((((((((((((((((((((((((((yes))))))))))))))))))))))))))))))", "nested too deeply" },
  { "not not not not not not not not not not not not not not not not not not not not not not not "
    "not not not yes", "nested too deeply" },
  { "family_name; drop", "not understood" },
  { "{family_name}", "is missing (at character 1)" },
};

static PltCardInputs *
make_inputs (void)
{
  PltCardInputs *inputs = plt_card_inputs_new ();
  g_autoptr (GPtrArray) categories
    = plt_categories_parse ("B;2026-01-01;2036-01-01;01.06,78|BE;2026-01-01;2036-01-01;01.06", NULL);

  plt_card_inputs_set_value (inputs, "family_name", "Ødegård");
  plt_card_inputs_set_value (inputs, "given_names", "Aïsha Katarína");
  plt_card_inputs_set_value (inputs, "birth_date", "2009-03-09");
  plt_card_inputs_set_value (inputs, "issue_date", "2026-03-01");
  plt_card_inputs_set_value (inputs, "birth_place", "Amaurot");
  plt_card_inputs_set_value (inputs, "sex", "F");
  plt_card_inputs_set_categories (inputs, categories);
  return inputs;
}

static void
test_good (void)
{
  g_autoptr (PltCardInputs) inputs = make_inputs ();

  for (gsize i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_autofree char *problem = NULL;
      g_autoptr (PltExpression) expression = plt_expression_parse (good[i].source, &problem);
      g_autofree char *text = NULL;

      g_test_message ("%s: %s", good[i].source, problem);
      g_assert_nonnull (expression);
      g_assert_null (problem);
      text = plt_expression_get_text (expression, inputs);
      g_assert_cmpstr (text, ==, good[i].expect);
    }
}

static void
test_bad (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autofree char *problem = NULL;
      g_autoptr (PltExpression) expression = plt_expression_parse (bad[i].source, &problem);

      g_test_message ("%s: %s", bad[i].source, problem);
      g_assert_null (expression);
      g_assert_nonnull (problem);
      g_assert_nonnull (strstr (problem, bad[i].expect));
    }
}

/* Pieces of expressions in any order: each is read or refused, and what is read gives a text. */
static void
test_anything (void)
{
  static const char *const pieces[] = {
    "family_name", "birth_date", "'", "'a'", "2026", "-", ".", "(", ")", ",", "and ", "or ", "not ",
    "=", "<", ">=", "!=", "!", "if(", "join(", "age(", "date(", "default(", "yes", "no", "{", "}",
    "\xc3\xa9", "\xe2\x80\x8f", " ", "'2026-02-30'", "'YYYY'", "999999999999999999999", "_", "\t",
  };
  g_autoptr (GRand) random = g_rand_new_with_seed (4);
  g_autoptr (PltCardInputs) inputs = make_inputs ();
  guint read = 0;

  for (int i = 0; i < 40000; i++)
    {
      g_autoptr (GString) source = g_string_new (NULL);
      g_autofree char *problem = NULL;
      g_autoptr (PltExpression) expression = NULL;

      for (int k = g_rand_int_range (random, 1, 9); k > 0; k--)
        g_string_append (source, pieces[g_rand_int_range (random, 0, G_N_ELEMENTS (pieces))]);
      expression = plt_expression_parse (source->str, &problem);
      g_assert_true ((expression == NULL) == (problem != NULL));
      if (expression != NULL)
        {
          g_autofree char *text = plt_expression_get_text (expression, inputs);

          g_assert_nonnull (text);
          read++;
        }
    }
  g_assert_cmpuint (read, >, 500);
}

static void
test_long (void)
{
  g_autoptr (GString) source = g_string_new ("yes");
  g_autofree char *problem = NULL;
  g_autoptr (PltExpression) expression = NULL;

  while (source->len < 990)
    g_string_append (source, " or no");
  expression = plt_expression_parse (source->str, &problem);
  g_assert_nonnull (expression);
  g_string_append (source, " or no or no");
  g_assert_null (plt_expression_parse (source->str, &problem));
  g_assert_nonnull (strstr (problem, "longer than"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/card/expression/good", test_good);
  g_test_add_func ("/card/expression/bad", test_bad);
  g_test_add_func ("/card/expression/anything", test_anything);
  g_test_add_func ("/card/expression/long", test_long);
  return g_test_run ();
}
