/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A scan ends with a silence: a binary code may hold any byte, also those that end a line. */
#include "plt-serial-scanner.h"

#include <errno.h>
#include <fcntl.h>
#include <glib-unix.h>
#include <glib/gi18n-lib.h>
#include <termios.h>
#include <unistd.h>

/* Behind the suffix of a scanner nothing more comes; without one, a slow line may pause for longer. USB hands bytes
 * over every 16 ms at the latest. */
#define PATIENCE_AFTER_END_MS 30
#define PATIENCE_MS 120
#define AGAIN_SECONDS 2
#define STX 0x02
#define ETX 0x03

struct _PltSerialScanner
{
  GObject parent_instance;
  char *device;
  guint baud;
  int fd; /* -1: not open */
  guint source_id;
  guint timer_id;
  guint again_id;
  GByteArray *bytes;
  gboolean in_trouble;
};

enum { SCANNED, TROUBLE, WELL, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (PltSerialScanner, plt_serial_scanner, G_TYPE_OBJECT)

static gboolean try_again_cb (gpointer user_data);

static gboolean
is_end (guint8 byte)
{
  return byte == '\r' || byte == '\n' || byte == '\t' || byte == ETX;
}

/* What stands between the elements of an AAMVA file, and around every code. */
static gboolean
is_text (const guint8 *bytes,
         gsize         length)
{
  for (gsize i = 0; i < length; i++)
    if (bytes[i] < 0x20 && !is_end (bytes[i]) && (bytes[i] < 0x1C || bytes[i] > 0x1F))
      return FALSE;
  return TRUE;
}

static char *
to_hexadecimal (const guint8 *bytes,
                gsize         length)
{
  GString *digits = g_string_sized_new (2 * length);

  for (gsize i = 0; i < length; i++)
    g_string_append_printf (digits, "%02X", bytes[i]);
  return g_string_free (digits, FALSE);
}

/* The suffix of a binary code stays: whoever knows the code knows what is too much. */
char *
plt_serial_scanner_text (const guint8 *bytes,
                         gsize         length)
{
  if (length > 0 && bytes[0] == STX)
    bytes++, length--;
  /* ISO/IEC 15424: which symbology it was. */
  if (length > 3 && bytes[0] == ']' && g_ascii_isalpha (bytes[1]) && g_ascii_isalnum (bytes[2]))
    bytes += 3, length -= 3;
  if (!is_text (bytes, length))
    return to_hexadecimal (bytes, length);
  if (g_utf8_validate ((const char *) bytes, (gssize) length, NULL))
    return g_strndup ((const char *) bytes, length);

  /* AAMVA files are written in Latin-1. */
  char *text = g_convert ((const char *) bytes, (gssize) length, "UTF-8", "ISO-8859-1", NULL, NULL, NULL);
  return text != NULL ? text : to_hexadecimal (bytes, length);
}

/* ---- reading ---- */

static gboolean
is_only_ends (GByteArray *bytes)
{
  for (guint i = 0; i < bytes->len; i++)
    if (!is_end (bytes->data[i]) && bytes->data[i] != STX)
      return FALSE;
  return TRUE;
}

static gboolean
silent_cb (gpointer user_data)
{
  PltSerialScanner *self = PLT_SERIAL_SCANNER (user_data);
  g_autofree char *text = plt_serial_scanner_text (self->bytes->data, self->bytes->len);
  PltBurstText scan = { text, text };
  gboolean is_scan = !is_only_ends (self->bytes);

  self->timer_id = 0;
  g_byte_array_set_size (self->bytes, 0);
  if (is_scan)
    g_signal_emit (self, signals[SCANNED], 0, &scan);
  return G_SOURCE_REMOVE;
}

static void
wait_for_silence (PltSerialScanner *self)
{
  guint8 last = self->bytes->data[self->bytes->len - 1];

  g_clear_handle_id (&self->timer_id, g_source_remove);
  self->timer_id = g_timeout_add (is_end (last) ? PATIENCE_AFTER_END_MS : PATIENCE_MS, silent_cb, self);
}

static void
close_device (PltSerialScanner *self)
{
  g_clear_handle_id (&self->source_id, g_source_remove);
  if (self->fd >= 0)
    close (self->fd);
  self->fd = -1;
}

/* @fault: of errno; 0: it went away */
static void
fail (PltSerialScanner *self,
      int               fault)
{
  close_device (self);
  self->again_id = g_timeout_add_seconds (AGAIN_SECONDS, try_again_cb, self);
  if (self->in_trouble)
    return;
  g_autofree char *text =
    fault == 0
      ? g_strdup_printf (_("The barcode scanner at %s is not there any more. Plug it in again; until then, scan with another "
                           "one or type."), self->device)
      : g_strdup_printf (_("The barcode scanner at %s cannot be used: %s. Plug it in, or tell the administrator; until then, "
                           "scan with another one or type."), self->device, g_strerror (fault));

  self->in_trouble = TRUE;
  g_signal_emit (self, signals[TROUBLE], 0, text);
}

static gboolean
readable_cb (int          fd,
             GIOCondition condition,
             gpointer     user_data)
{
  PltSerialScanner *self = PLT_SERIAL_SCANNER (user_data);
  guint8 piece[4096];
  gssize n = read (fd, piece, sizeof piece);

  if (n < 0 && (errno == EAGAIN || errno == EINTR))
    return G_SOURCE_CONTINUE;
  if (n <= 0)
    {
      self->source_id = 0;
      fail (self, 0);
      return G_SOURCE_REMOVE;
    }
  /* What is longer is no code of a card; its beginning is enough to say so. */
  n = MIN (n, PLT_BURST_MOST_CHARACTERS - (gssize) self->bytes->len);
  g_byte_array_append (self->bytes, piece, (guint) n);
  wait_for_silence (self);
  return G_SOURCE_CONTINUE;
}

/* ---- opening ---- */

static speed_t
get_speed (guint baud)
{
  static const struct { guint baud; speed_t speed; } speeds[] = {
    { 1200, B1200 },   { 2400, B2400 },   { 4800, B4800 },   { 9600, B9600 },
    { 19200, B19200 }, { 38400, B38400 }, { 57600, B57600 }, { 115200, B115200 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (speeds); i++)
    if (speeds[i].baud == baud)
      return speeds[i].speed;
  return B0;
}

/* Eight bits, no parity, nothing interpreted. What was scanned before is nobody's. */
static gboolean
set_line (PltSerialScanner *self)
{
  struct termios line;

  if (tcgetattr (self->fd, &line) != 0)
    return FALSE;
  cfmakeraw (&line);
  line.c_cflag |= CLOCAL | CREAD;
  if (cfsetspeed (&line, get_speed (self->baud)) != 0)
    return FALSE;
  return tcsetattr (self->fd, TCSANOW, &line) == 0 && tcflush (self->fd, TCIFLUSH) == 0;
}

static void
open_device (PltSerialScanner *self)
{
  if (get_speed (self->baud) == B0)
    {
      fail (self, EINVAL);
      return;
    }
  self->fd = open (self->device, O_RDONLY | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
  if (self->fd < 0 || !set_line (self))
    {
      fail (self, errno);
      return;
    }
  self->source_id = g_unix_fd_add (self->fd, G_IO_IN | G_IO_HUP | G_IO_ERR, readable_cb, self);
  if (self->in_trouble)
    g_signal_emit (self, signals[WELL], 0);
  self->in_trouble = FALSE;
}

static gboolean
try_again_cb (gpointer user_data)
{
  PltSerialScanner *self = PLT_SERIAL_SCANNER (user_data);

  self->again_id = 0;
  open_device (self);
  return G_SOURCE_REMOVE;
}

void
plt_serial_scanner_start (PltSerialScanner *self)
{
  g_return_if_fail (PLT_IS_SERIAL_SCANNER (self));
  g_return_if_fail (self->fd < 0 && self->again_id == 0);

  open_device (self);
}

static void
plt_serial_scanner_finalize (GObject *object)
{
  PltSerialScanner *self = PLT_SERIAL_SCANNER (object);

  g_clear_handle_id (&self->timer_id, g_source_remove);
  g_clear_handle_id (&self->again_id, g_source_remove);
  close_device (self);
  g_byte_array_unref (self->bytes);
  g_free (self->device);
  G_OBJECT_CLASS (plt_serial_scanner_parent_class)->finalize (object);
}

static void
plt_serial_scanner_class_init (PltSerialScannerClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = plt_serial_scanner_finalize;
  signals[SCANNED] = g_signal_new ("scanned", PLT_TYPE_SERIAL_SCANNER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 1, G_TYPE_POINTER);
  signals[TROUBLE] = g_signal_new ("trouble", PLT_TYPE_SERIAL_SCANNER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[WELL] = g_signal_new ("well", PLT_TYPE_SERIAL_SCANNER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 0);
}

static void
plt_serial_scanner_init (PltSerialScanner *self)
{
  self->fd = -1;
  self->bytes = g_byte_array_new ();
}

PltSerialScanner *
plt_serial_scanner_new (const char *device,
                        guint       baud)
{
  PltSerialScanner *self = g_object_new (PLT_TYPE_SERIAL_SCANNER, NULL);

  self->device = g_strdup (device);
  self->baud = baud;
  return self;
}
