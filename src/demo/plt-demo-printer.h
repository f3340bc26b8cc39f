/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A virtual ID-1 card printer behind a private CUPS scheduler, both on loopback and both as whoever
 * calls. It lives in a folder: whoever knows that finds it again, also after the program that
 * started it has ended. Every call blocks; for commands and tests. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef enum
{
  PLT_DEMO_PRINTER_DEVICE,    /* ippeveprinter */
  PLT_DEMO_PRINTER_SCHEDULER, /* cupsd */
} PltDemoPrinterPart;

/* @folder: is made when missing. @data_folder: data/demo/printer. Ports may be 0: free ones are
 * picked. Starts both parts, waits until they answer, adds the queue; on failure nothing is left
 * running. */
gboolean  plt_demo_printer_start          (const char          *folder,
                                           const char          *data_folder,
                                           guint                scheduler_port,
                                           guint                device_port,
                                           GError             **error);
/* Ends every process that it started. What was printed stays. Fine when nothing runs. */
gboolean  plt_demo_printer_stop           (const char          *folder,
                                           GError             **error);
gboolean  plt_demo_printer_is_running     (const char          *folder);

/* (transfer full) "127.0.0.1:PORT", for plt_print_server_new() and CUPS_SERVER; NULL if never
 * started. */
char     *plt_demo_printer_get_scheduler  (const char          *folder);
/* The name of its queue. */
const char *plt_demo_printer_get_queue    (void);

/* Loses power at once (SIGKILL), or comes back on its port. */
gboolean  plt_demo_printer_kill_part      (const char          *folder,
                                           PltDemoPrinterPart   part,
                                           GError             **error);
gboolean  plt_demo_printer_restart_part   (const char          *folder,
                                           PltDemoPrinterPart   part,
                                           GError             **error);

/* @keywords: e.g. "media-empty,cover-open" (RFC 8011 §5.4.12, without suffix): the card waits; NULL
 * clears. */
gboolean  plt_demo_printer_set_fault      (const char          *folder,
                                           const char          *keywords,
                                           GError             **error);
gboolean  plt_demo_printer_fail_next      (const char          *folder,
                                           GError             **error);
gboolean  plt_demo_printer_set_seconds    (const char          *folder,
                                           guint                seconds_per_card,
                                           GError             **error);
/* (transfer full) paths of card-NNNN.pdf in the order they came out; beside each lies
 * card-NNNN.env with the job's attributes as IPP_… */
char    **plt_demo_printer_list_printed   (const char          *folder);

G_END_DECLS
