/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Virtual ID-1 card printers behind private CUPS schedulers, on loopback and as whoever calls. They live
 * in a folder: whoever knows that finds them again, also after the program that started them has
 * ended. The first is “card-printer” under the scheduler “main”; calls without a name mean these.
 * Every call blocks; for commands and tests. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef enum
{
  PLT_DEMO_PRINTER_DEVICE,    /* the first printer */
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
/* Whether every printer and every scheduler runs. */
gboolean  plt_demo_printer_is_running     (const char          *folder);
/* Starts what of them does not run, on the same ports. FALSE: start anew. */
gboolean  plt_demo_printer_repair         (const char          *folder);

/* One more printer, or the same again. @scheduler: (nullable): “main” without it; is started if need be. */
gboolean  plt_demo_printer_add            (const char          *folder,
                                           const char          *name,
                                           const char          *scheduler,
                                           GError             **error);
gboolean  plt_demo_printer_take_away      (const char          *folder,
                                           const char          *name,
                                           GError             **error);
/* (transfer full): their names. */
char    **plt_demo_printer_list           (const char          *folder);
gboolean  plt_demo_printer_is_on          (const char          *folder,
                                           const char          *name);
/* Off: as a plug that is pulled. */
gboolean  plt_demo_printer_switch         (const char          *folder,
                                           const char          *name,
                                           gboolean             on,
                                           GError             **error);
/* @words: see plt-demo-control.h. (transfer full) */
char     *plt_demo_printer_tell           (const char          *folder,
                                           const char          *name,
                                           const char *const   *words,
                                           GError             **error);
/* (transfer full) (element-type PltDemoPlastic): all of them, in the order they were fed. */
GPtrArray *plt_demo_printer_list_plastic  (const char          *folder);

/* (transfer full) "127.0.0.1:PORT", for plt_print_server_new() and CUPS_SERVER; NULL if never
 * started. */
char     *plt_demo_printer_get_scheduler  (const char          *folder);
char     *plt_demo_printer_get_scheduler_of (const char        *folder,
                                           const char          *name);
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
