/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The panes of the window. A pane shows and asks; office/ decides and does. What concerns another
 * pane or the window is said by activating one of the window's actions:
 *
 *   win.look-up(s)               an ID number, in Search
 *   win.open-application(s)      in Editor
 *   win.expect-application(b)    TRUE: one is being started and will be opened; FALSE: it will not
 *   win.preview-application(s)   in Preview
 *   win.propose-value(sss)       application, field, value: what is being typed and not saved; an empty
 *                                field: what is stored counts again
 *   win.open-card(s)             a card's number or blank's serial, in Print room
 *   win.show-twin(s)             of a card, or of the newest card of an application, beside the window
 *   win.twin                     of the card that is named where the keyboard is
 *   win.command                  back to the command bar
 *   win.toast(s)                 what was done, as plain text
 *   win.say(s)                   what a screen reader is told at once
 *
 * so that a pane can be shown, and tested, without the window. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Makes templates and icons available and registers the widget classes; call once, after
 * adw_init(). */
void plt_panes_init  (void);

/* Says in the window what was done. */
void plt_panes_toast (GtkWidget  *pane,
                      const char *format,
                      ...) G_GNUC_PRINTF (2, 3);

/* Tells a screen reader what appears somewhere else than where the keyboard is. */
void plt_panes_say   (GtkWidget  *pane,
                      const char *text);

/* A person's name as the title of a pane: a very long one in smaller letters. */
void plt_panes_show_name (GtkLabel   *label,
                          const char *name);

/* An icon that says nothing that does not stand beside it in words: not read out. */
GtkWidget *plt_panes_new_icon (const char *icon_name);

/* An entry under its caption, at the end of a dialog's box. @caption: with a mnemonic; @label: for who does not see. */
GtkEditable *plt_panes_append_entry (GtkBox     *box,
                                     const char *caption,
                                     const char *label);

/* What stands in a dialog below its words. With large text it is higher than a screen: then it scrolls, and the
 * buttons stay. @root: (nullable): the window that the dialog is for */
GtkWidget *plt_panes_scroll_dialog (GtkWidget *content,
                                    GtkRoot   *root);

/* A number that is scanned while the keyboard is at @field is put there, instead of leading elsewhere.
 * @field: a GtkEditable */
void plt_panes_take_scans (GtkWidget  *field);

/* The same for a field that does something else with it. */
typedef void (*PltScanTaken) (GtkWidget  *field,
                              const char *text);
void plt_panes_take_scans_by (GtkWidget    *field,
                              PltScanTaken  taken);

/* @focus: (nullable): where the keyboard is
 * Returns: whether @text was put into the field that this belongs to */
gboolean plt_panes_put_scan (GtkWidget  *focus,
                             const char *text);

/* Every row goes, and its placeholder stays. */
void plt_panes_empty_list (GtkListBox *list);

/* Which row of @list has the keyboard; -1: none. For plt_panes_put_focus() when its rows have been made
 * anew, which gives the keyboard to the row there, or to the last one; with -1 it stays where it is. */
int  plt_panes_find_focus (GtkListBox *list);
void plt_panes_put_focus  (GtkListBox *list,
                           int         index);

/* Of a class with one child: who gives it the keyboard gives it to what @grab_focus chooses, and Tab leads
 * through it forwards and backwards. (GtkWidget gives a widget the keyboard when Shift+Tab leaves its
 * children, whether it can have it or not, so that one with a choice of its own would be a trap.) */
void plt_panes_class_set_grab_focus (GtkWidgetClass  *widget_class,
                                     gboolean       (*grab_focus) (GtkWidget *widget));

/* Lets each button below @root that has a label of its own be read out once: GTK 4.8 says the name
 * that a template gave it and then its label. Called at the end of a class's init. */
void plt_panes_name_once (GtkWidget  *root);

G_END_DECLS
