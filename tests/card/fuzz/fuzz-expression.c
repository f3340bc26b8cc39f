/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any bytes are an expression and a rich text, or are refused in words; no expression fails on a card. */
#include "plt-layout-expression.h"
#include "plt-layout-template.h"

int LLVMFuzzerTestOneInput (const guint8 *data,
                            size_t        size);

static void
evaluate (PltExpression *expression,
          PltCardInputs *inputs)
{
  g_autofree char *text = plt_expression_get_text (expression, inputs);

  g_assert_nonnull (text);
  g_assert_true (g_utf8_validate (text, -1, NULL));
  plt_expression_get_truth (expression, inputs);
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        size_t        size)
{
  g_autofree char *source = g_utf8_make_valid ((const char *) data, (gssize) size);
  g_autofree char *problem = NULL;
  g_autoptr (PltCardInputs) inputs = plt_card_inputs_new ();
  PltExpression *expression = plt_expression_parse (source, &problem);

  g_assert_true ((expression == NULL) == (problem != NULL));
  plt_card_inputs_set_value (inputs, "family_name", "Ǆ ﬁ Nguyễn");
  plt_card_inputs_set_value (inputs, "birth_date", "2000-02-29");
  if (expression != NULL)
    {
      evaluate (expression, inputs);
      plt_expression_free (expression);
    }
  for (int is_rich = FALSE; is_rich <= TRUE; is_rich++)
    {
      g_autofree char *words = NULL;
      g_autoptr (PltTemplate) template = plt_template_parse (source, is_rich, &words);

      g_assert_true ((template == NULL) == (words != NULL));
    }
  return 0;
}
