/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The matter of a virtual card printer: blanks in the hopper, ribbon, film, trays and the card inside.
 * All of it follows from a journal with one line of JSON for whatever happened to the plastic; a line is
 * written in one piece as it happens, so the journal is what a power cut leaves, and the truth by which the
 * office's books can be audited:
 *
 *   load {first, last} or {count}   unload   ribbon {cards}   film {cards}   empty
 *   begin {n, job, job_name, fault} a job is taken up, the n-th, and what it will suffer
 *   feed {card, serial, hopper, job, job_name}    front {card, alter}   back {card, alter}
 *   eject {card, tray}              "output" or "reject"
 *   end {n, state}                  what the printer says of the job
 *
 * A card is a number that all printers of a folder share; beside out/card-NNNN.pdf, the document that was
 * printed on it, lies card-NNNN.env with the job's attributes. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define PLT_DEMO_MACHINE_UNCOUNTED (-1)

typedef struct _PltDemoMachine PltDemoMachine;

typedef struct
{
  int  blanks;          /* in the hopper; UNCOUNTED: each is fed by hand */
  int  ribbon;          /* cards that it still makes; UNCOUNTED: as many as one likes */
  int  ribbon_capacity;
  int  film;
  int  film_capacity;
  int  in_output;
  int  in_reject;
  int  n_begun;
  int  inside;          /* the card between the rollers, 0 for none */
  gboolean has_front;
  gboolean has_back;
} PltDemoMatter;

/* One piece of plastic. */
typedef struct
{
  int       number;
  char     *printer;
  char     *serial;    /* "" if it was fed by hand */
  char     *hopper;    /* "main", "hand" or "other" */
  char     *job_name;
  int       job_id;
  gboolean  front;
  gboolean  back;
  char     *alter;     /* "", "colour-shift" or "smear" */
  char     *tray;      /* "inside", "output" or "reject" */
} PltDemoPlastic;

/* @folder: of this printer; @out: of all printers. What happened so far is read. */
PltDemoMachine *plt_demo_machine_new      (const char      *folder,
                                           const char      *name,
                                           const char      *out,
                                           GError         **error);
void            plt_demo_machine_free     (PltDemoMachine  *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PltDemoMachine, plt_demo_machine_free)

const PltDemoMatter *plt_demo_machine_get (PltDemoMachine  *self);

gboolean        plt_demo_machine_load_run (PltDemoMachine  *self,
                                           const char      *first,
                                           const char      *last,
                                           GError         **error);
void            plt_demo_machine_load     (PltDemoMachine  *self,
                                           int              count);
void            plt_demo_machine_unload   (PltDemoMachine  *self);
void            plt_demo_machine_set_roll (PltDemoMachine  *self,
                                           gboolean         is_film,
                                           int              cards);
void            plt_demo_machine_empty    (PltDemoMachine  *self);

int             plt_demo_machine_begin    (PltDemoMachine  *self,
                                           int              job_id,
                                           const char      *job_name,
                                           const char      *fault);
/* @wrong: from another hopper. @attributes: for card-NNNN.env. Returns: the card, 0 if it failed */
int             plt_demo_machine_feed     (PltDemoMachine  *self,
                                           gboolean         wrong,
                                           int              job_id,
                                           const char      *job_name,
                                           const char      *attributes,
                                           GError         **error);
void            plt_demo_machine_print    (PltDemoMachine  *self,
                                           gboolean         is_back,
                                           const char      *alter);
void            plt_demo_machine_eject    (PltDemoMachine  *self,
                                           gboolean         to_output);
void            plt_demo_machine_end      (PltDemoMachine  *self,
                                           int              n,
                                           const char      *state);

char           *plt_demo_machine_dup_path (PltDemoMachine  *self,
                                           int              card,
                                           const char      *suffix);

/* (transfer full) (element-type PltDemoPlastic): adds what @folder’s journal tells of. */
GPtrArray      *plt_demo_plastic_new_list (void);
void            plt_demo_plastic_list_add (GPtrArray       *list,
                                           const char      *folder,
                                           const char      *name);
void            plt_demo_plastic_list_sort (GPtrArray      *list);

G_END_DECLS
