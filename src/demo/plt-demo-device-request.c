/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether what came is a request at all (RFC 8011, section 4.1): what a real printer refuses is refused here, too,
 * so that a mistake of ours is not found at the customer's. */
#include "plt-demo-device-ipp.h"

#include <string.h>

/* Which of the two must come first, and what stands for it. */
static gboolean
begins_with (ipp_attribute_t *attribute,
             const char      *name,
             ipp_tag_t        tag)
{
  return attribute != NULL && ippGetName (attribute) != NULL && g_str_equal (ippGetName (attribute), name)
         && ippGetValueTag (attribute) == tag && ippGetCount (attribute) == 1;
}

static gboolean
is_known_charset (const char *charset)
{
  return g_ascii_strcasecmp (charset, "utf-8") == 0 || g_ascii_strcasecmp (charset, "us-ascii") == 0;
}

/* Section 4.1.1: the groups come in the order of their numbers. */
static gboolean
groups_are_in_order (ipp_t *request)
{
  ipp_tag_t last = IPP_TAG_OPERATION;

  for (ipp_attribute_t *attribute = ippFirstAttribute (request); attribute != NULL; attribute = ippNextAttribute (request))
    {
      ipp_tag_t group = ippGetGroupTag (attribute);

      if (group == IPP_TAG_ZERO)
        continue;
      if (group < last)
        return FALSE;
      last = group;
    }
  return TRUE;
}

static gboolean
names_a_target (ipp_t *request)
{
  return ippFindAttribute (request, "printer-uri", IPP_TAG_URI) != NULL || ippFindAttribute (request, "job-uri", IPP_TAG_URI) != NULL;
}

ipp_status_t
plt_demo_device_judge_request (ipp_t *request)
{
  int minor;
  int major = ippGetVersion (request, &minor);
  ipp_attribute_t *charset = ippFirstAttribute (request);

  if (major != 1 && major != 2)
    return IPP_STATUS_ERROR_VERSION_NOT_SUPPORTED;
  if (ippGetRequestId (request) <= 0 || !begins_with (charset, "attributes-charset", IPP_TAG_CHARSET)
      || ippGetGroupTag (charset) != IPP_TAG_OPERATION)
    return IPP_STATUS_ERROR_BAD_REQUEST;
  if (!is_known_charset (ippGetString (charset, 0, NULL)))
    return IPP_STATUS_ERROR_CHARSET;
  if (!begins_with (ippNextAttribute (request), "attributes-natural-language", IPP_TAG_LANGUAGE)
      || !groups_are_in_order (request) || !names_a_target (request))
    return IPP_STATUS_ERROR_BAD_REQUEST;
  if (ippGetOperation (request) == IPP_OP_SEND_DOCUMENT
      && ippFindAttribute (request, "last-document", IPP_TAG_BOOLEAN) == NULL)
    return IPP_STATUS_ERROR_BAD_REQUEST;
  return IPP_STATUS_OK;
}
