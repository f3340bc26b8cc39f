/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Answers as broken gateways and registries do: with a page, a flood, wrong bytes or half. */
#include "plt-demo-misbehave.h"

#include <string.h>

#define CHUNK_BYTES 65536

/* A page for people where a program asked, with status 200 as gateways do. */
void
plt_demo_misbehave_ramble (SoupServerMessage *message)
{
  static const char page[] =
    "<!DOCTYPE html><html><head><title>Maintenance</title></head><body><h1>Dear user</h1>"
    "<p>This service is being improved for you. Please come back later.</p></body></html>\n";

  soup_server_message_set_status (message, SOUP_STATUS_OK, NULL);
  soup_server_message_set_response (message, "text/html; charset=utf-8", SOUP_MEMORY_STATIC, page,
                                    sizeof page - 1);
}

static void
append_flood (SoupServerMessage *message,
              goffset           *sent)
{
  SoupMessageBody *body = soup_server_message_get_response_body (message);
  static char blanks[CHUNK_BYTES];

  if (*sent >= PLT_DEMO_FLOOD_BYTES)
    {
      soup_message_body_append (body, SOUP_MEMORY_STATIC, "0]}", 3);
      soup_message_body_complete (body);
      return;
    }
  if (blanks[0] == '\0')
    for (size_t i = 0; i < sizeof blanks; i++)
      blanks[i] = i % 2 == 0 ? '0' : ',';
  soup_message_body_append (body, SOUP_MEMORY_STATIC, blanks, sizeof blanks);
  *sent += (goffset) sizeof blanks;
}

static void
flood_wrote_cb (SoupServerMessage *message,
                gpointer           user_data)
{
  append_flood (message, user_data);
  soup_server_message_unpause (message);
}

/* 100 MB of well-formed JSON, made as it is read. */
void
plt_demo_misbehave_flood (SoupServerMessage *message)
{
  SoupMessageBody *body = soup_server_message_get_response_body (message);
  goffset *sent = g_new0 (goffset, 1);

  soup_server_message_set_status (message, SOUP_STATUS_OK, NULL);
  soup_message_headers_set_encoding (soup_server_message_get_response_headers (message),
                                     SOUP_ENCODING_CHUNKED);
  soup_message_headers_set_content_type (soup_server_message_get_response_headers (message),
                                         "application/json", NULL);
  soup_message_body_set_accumulate (body, FALSE);
  soup_message_body_append (body, SOUP_MEMORY_STATIC, "{\"numbers\":[", 12);
  g_object_set_data_full (G_OBJECT (message), "sent", sent, g_free);
  g_signal_connect (message, "wrote-chunk", G_CALLBACK (flood_wrote_cb), sent);
}

/* Says UTF-8 and writes ISO 8859-1: the first colon's value gets a lone "ü" (0xFC). */
void
plt_demo_misbehave_garble (SoupServerMessage *message,
                           const char        *answer)
{
  g_autoptr (GString) text = g_string_new (answer);
  char *vowel = strpbrk (text->str + text->len / 8, "aeiouAEIOU");

  if (vowel != NULL)
    *vowel = (char) 0xFC;
  soup_server_message_set_status (message, SOUP_STATUS_OK, NULL);
  soup_server_message_set_response (message, "application/json; charset=utf-8", SOUP_MEMORY_COPY,
                                    text->str, text->len);
}

static void
cut_cb (SoupServerMessage *message,
        gpointer           user_data)
{
  g_autoptr (GIOStream) stream = soup_server_message_steal_connection (message);

  g_io_stream_close (stream, NULL, NULL);
}

/* Promises the whole length, sends half, and cuts the connection. */
void
plt_demo_misbehave_truncate (SoupServerMessage *message,
                             const char        *answer)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);
  SoupMessageBody *body = soup_server_message_get_response_body (message);
  gsize length = strlen (answer);

  soup_server_message_set_status (message, SOUP_STATUS_OK, NULL);
  soup_message_headers_set_content_type (headers, "application/json", NULL);
  soup_message_headers_set_content_length (headers, (goffset) length);
  soup_message_body_append (body, SOUP_MEMORY_COPY, answer, length / 2);
  g_signal_connect (message, "wrote-body-data", G_CALLBACK (cut_cb), NULL);
}
