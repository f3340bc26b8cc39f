/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plt-case-photo-state.h"
#include "plt-category-section.h"
#include "plt-editor-pane.h"
#include "plt-form-section.h"
#include "plt-image-section.h"
#include "plt-journal-keys.h"
#include "plt-lookup.h"
#include "plt-notice.h"
#include "plt-person-section.h"
#include "plt-promise-bar.h"

G_BEGIN_DECLS

/* A picture that came while another change was being written. */
typedef struct
{
  GBytes *data; /* NULL: none */
  char   *name;
  PltPhotoOrigin origin;
} PltWaitingImage;

struct _PltEditorPane
{
  AdwBin              parent_instance;

  PltOffice          *office;
  PltCase            *kase;        /* NULL until an application was opened */
  GCancellable       *cancellable; /* of what concerns this case */
  char               *number;      /* what is open or being opened */
  char               *fetched;     /* (nullable): a prepared application that waits to be opened */
  PltCaseStep         step;        /* the step whose reason is being asked for */
  PltField            choosing;    /* the field whose value is being asked for */
  PltCaseSettle       settling;    /* what was done last to a difference, */
  PltField            settled;     /* and to which; see plt-editor-settle.c */
  gboolean            can_undo;    /* that */
  gboolean            categories_pending;
  gboolean            expecting;   /* an application that is being started will be opened here */
  gboolean            photo_wanted; /* from the registry, as soon as the case is open and at rest */
  gulong              laid_out_id;  /* on the frame clock; 0: not waiting */
  gboolean            from_top;     /* another application is being opened: its beginning is shown */
  gboolean            conflict;     /* a change of ours was refused and the new state not yet read */
  guint               tried;        /* PltCaseCan of the step that was refused; 0: another change */
  PltLookup          *photo_lookup; /* asks for the registry's portrait; NULL otherwise */
  PltCaseImage        saving_image;
  PltWaitingImage     saving;      /* the bytes of it: a photo that fails its checks is opened with them */
  PltWaitingImage     waiting[2];   /* by PltCaseImage */

  GtkStack           *stack;
  AdwStatusPage      *failed;
  GtkScrolledWindow  *scroller;
  PltPromiseBar      *promise;
  PltNotice          *notice;
  GtkLabel           *title;
  GtkLabel           *subtitle;
  GtkLabel           *state;
  GtkLabel           *prepared;
  GtkLabel           *reason;
  GtkWidget          *spinner;
  GPtrArray          *sections;    /* PltEditorSection; of the template */
  PltJournal         *journal;     /* NULL: nothing can be changed here */
  gboolean            settled_last; /* what was done last is a decision, not an edit */
  gboolean            putting;     /* a change comes from the journal itself */
  gboolean            place_wanted; /* the keyboard goes where it was before the end */
  gboolean            submit_wanted; /* as soon as what was typed is saved */
  GtkWidget          *asking;      /* a question that is open: whether to give it away */
  PltFormSection     *form;
  PltNotice          *editing;     /* who edits it, when another desk does */
  PltPersonSection   *person;
  PltCategorySection *categories;
  PltImageSection    *portrait;
  PltImageSection    *signature;
  GtkWidget          *bar;
  GtkLabel           *obstacle;
  GtkWidget          *withdraw;
  GtkWidget          *reject;
  GtkWidget          *send_back;
  GtkWidget          *wait;
  GtkWidget          *take_up;
  GtkWidget          *slip;
  GtkWidget          *preview;
  GtkWidget          *room;
  GtkWidget          *submit;
  GtkWidget          *approve;
};

void plt_editor_pane_install_actions (GtkWidgetClass *widget_class);
void plt_editor_pane_update_actions  (PltEditorPane  *self);
/* Another case takes the place of the one that is shown. @kase: (nullable): none is shown any more */
void plt_editor_pane_set_case        (PltEditorPane  *self,
                                      PltCase        *kase);
void plt_editor_pane_show_error      (PltEditorPane  *self,
                                      const GError   *error);
void plt_editor_pane_save_categories (PltEditorPane  *self);
gboolean plt_editor_pane_is_opening  (PltEditorPane  *self);

/* plt-editor-pictures.c: the photo and the signature. */
void plt_editor_pane_install_pictures (GtkWidgetClass *widget_class);
void plt_editor_pane_set_image       (PltEditorPane  *self,
                                      PltCaseImage    image,
                                      GBytes         *data,
                                      const char     *name,
                                      PltPhotoOrigin  origin);
/* The photo desk over this pane. @data: (nullable): what it begins with */
void plt_editor_pane_open_photo_desk (PltEditorPane  *self,
                                      GBytes         *data,
                                      const char     *name,
                                      PltPhotoOrigin  origin);
void plt_editor_pane_drop_photo_lookup (PltEditorPane *self);
void plt_editor_pane_take_waiting    (PltEditorPane  *self);
void plt_editor_pane_forget_waiting  (PltEditorPane  *self);

/* plt-editor-journal.c: what is typed here outlives the program; undo and redo. */
void plt_editor_pane_install_journal (GtkWidgetClass *widget_class);
void plt_editor_pane_watch_sections  (PltEditorPane  *self);
void plt_editor_pane_use_journal     (PltEditorPane  *self,
                                      PltJournal     *journal);
/* FALSE: there is no place of before. */
gboolean plt_editor_pane_take_place  (PltEditorPane  *self);
void plt_editor_pane_leave_journal   (PltEditorPane  *self);
gboolean plt_editor_pane_may_submit  (PltEditorPane  *self);
void plt_editor_pane_check_journal   (PltEditorPane  *self);
void plt_editor_pane_enable_undo     (PltEditorPane  *self);
void plt_editor_pane_form_saved      (PltEditorPane  *self,
                                      const char     *field,
                                      const char     *value);
void plt_editor_pane_form_moved      (PltEditorPane  *self,
                                      const char     *field,
                                      int             cursor);
void plt_editor_pane_form_conflict   (PltEditorPane  *self);

/* plt-editor-hold.c: which desk edits it. */
void plt_editor_pane_install_hold    (GtkWidgetClass *widget_class);
void plt_editor_pane_show_hold       (PltEditorPane  *self);

/* plt-editor-prepared.c: what was prepared at home. */
void plt_editor_pane_show_prepared   (PltEditorPane  *self);
void plt_editor_pane_install_prepared (GtkWidgetClass *widget_class);
void plt_editor_pane_take_keyboard   (PltEditorPane  *self);

/* plt-editor-settle.c: fields on which the sources differ. */
PltReconciledField *plt_editor_pane_find_field       (PltEditorPane  *self,
                                                      PltField        field);
void                plt_editor_pane_settle           (PltEditorPane  *self,
                                                      PltField        number,
                                                      const char     *value,
                                                      const char     *reason);
void                plt_editor_pane_read_decisions   (PltEditorPane  *self);
void                plt_editor_pane_install_settling (GtkWidgetClass *widget_class);
void                plt_editor_pane_enable_settling  (PltEditorPane  *self,
                                                      gboolean        enabled);

G_END_DECLS
