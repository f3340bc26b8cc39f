/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads the driving privileges of an mdoc (ISO/IEC 18013-5, 7.2.4). */
#include "plt-mdl-reader-private.h"

#define MAX_PRIVILEGES 64
#define MAX_CODES 64

typedef struct
{
  char *code;
  char *sign;
  char *value;
} Code;

static gboolean
take_code_member (gpointer           user_data,
                  const PltCborItem *key,
                  PltCborReader     *reader)
{
  Code *code = user_data;
  char **member = plt_cbor_is_text (key, "code") ? &code->code
                    : plt_cbor_is_text (key, "sign") ? &code->sign
                    : plt_cbor_is_text (key, "value") ? &code->value : NULL;

  if (member == NULL)
    return FALSE;
  *member = plt_cbor_take_text (reader);

  return *member != NULL;
}

static gboolean
take_codes (PltCborReader *reader,
            GString       *restrictions)
{
  PltCborItem list;

  if (!plt_cbor_take_kind (reader, PLT_CBOR_ARRAY, &list) || list.value < 1 ||
      list.value > MAX_CODES)
    return FALSE;
  for (gint64 i = 0; i < list.value; i++)
    {
      Code code = { 0 };
      gboolean taken = plt_cbor_take_map (reader, take_code_member, &code) && code.code != NULL;

      if (taken)
        g_string_append_printf (restrictions, "%s%s%s%s", i > 0 ? "," : "", code.code,
                                code.sign != NULL ? code.sign : "",
                                code.value != NULL ? code.value : "");
      g_free (code.code);
      g_free (code.sign);
      g_free (code.value);
      if (!taken)
        return FALSE;
    }

  return TRUE;
}

typedef struct
{
  char    *category;
  PltDate  from;
  PltDate  to;
  GString *restrictions;
} Privilege;

static gboolean
take_privilege_member (gpointer           user_data,
                       const PltCborItem *key,
                       PltCborReader     *reader)
{
  Privilege *privilege = user_data;

  if (plt_cbor_is_text (key, "vehicle_category_code"))
    {
      privilege->category = plt_cbor_take_text (reader);
      return privilege->category != NULL && *privilege->category != '\0';
    }
  if (plt_cbor_is_text (key, "issue_date"))
    return plt_mdl_take_full_date (reader, &privilege->from);
  if (plt_cbor_is_text (key, "expiry_date"))
    return plt_mdl_take_full_date (reader, &privilege->to);
  if (plt_cbor_is_text (key, "codes"))
    return take_codes (reader, privilege->restrictions);

  return FALSE;
}

/* "B 2016-06-20 2036-02-28 01,78"; what is not there is left out. A national category is no one of the
 * record's, but stands in the text. */
static void
keep_privilege (const Privilege *privilege,
                PltMdl          *mdl,
                GString         *text)
{
  g_autofree char *from = plt_date_to_iso (privilege->from);
  g_autofree char *to = plt_date_to_iso (privilege->to);
  PltCategory category;

  g_string_append_printf (text, "%s%s", text->len > 0 ? "; " : "", privilege->category);
  if (from != NULL)
    g_string_append_printf (text, " %s", from);
  if (to != NULL)
    g_string_append_printf (text, " %s", to);
  if (privilege->restrictions->len > 0)
    g_string_append_printf (text, " %s", privilege->restrictions->str);
  if (plt_category_from_code (privilege->category, &category))
    g_ptr_array_add (mdl->data->categories,
                     plt_category_entry_new (category, privilege->from, privilege->to,
                                             privilege->restrictions->str));
}

/**
 * plt_mdl_privileges_read:
 * @mdl: to whose record they are added
 * @reader: where they stand
 *
 * Returns: (transfer full) (nullable): how they read, each category with its days and codes
 */
char *
plt_mdl_privileges_read (PltMdl        *mdl,
                         PltCborReader *reader)
{
  g_autoptr (GString) text = g_string_new (NULL);
  PltCborItem list;

  if (!plt_cbor_take_kind (reader, PLT_CBOR_ARRAY, &list) || list.value > MAX_PRIVILEGES)
    return NULL;
  for (gint64 i = 0; i < list.value; i++)
    {
      Privilege privilege = { .restrictions = g_string_new (NULL) };
      gboolean taken = plt_cbor_take_map (reader, take_privilege_member, &privilege) &&
                       privilege.category != NULL;

      if (taken)
        keep_privilege (&privilege, mdl, text);
      g_free (privilege.category);
      g_string_free (privilege.restrictions, TRUE);
      if (!taken)
        return NULL;
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}
