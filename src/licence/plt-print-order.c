/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Keeps what is known of an order, and names the states it can be in. */
#include "plt-print-order.h"

#include <glib/gi18n-lib.h>

struct _PltPrintOrder
{
  GObject             parent_instance;

  gint64              id;
  PltPrintOrderFacts *facts;
};

enum { CHANGED, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (PltPrintOrder, plt_print_order, G_TYPE_OBJECT)

static const struct
{
  const char *nick;
  const char *title;
} states[PLT_N_PRINT_ORDER_STATES] = {
  [PLT_PRINT_ORDER_WAITING] = { "waiting", NC_("print order", "Waits") },
  [PLT_PRINT_ORDER_LEASED] = { "leased", NC_("print order", "Being printed") },
  [PLT_PRINT_ORDER_HELD] = { "held", NC_("print order", "Held") },
  [PLT_PRINT_ORDER_SAMPLE] = { "sample", NC_("print order", "Waits for its sample") },
  [PLT_PRINT_ORDER_PAUSED] = { "paused", NC_("print order", "Paused") },
  [PLT_PRINT_ORDER_FAILED] = { "failed", NC_("print order", "Failed") },
};

void
plt_print_order_facts_free (PltPrintOrderFacts *facts)
{
  g_free (facts->number);
  g_free (facts->holder_name);
  g_free (facts->reason);
  g_free (facts->printer);
  g_free (facts->batch);
  g_free (facts->leased_by);
  g_free (facts->held_by);
  g_free (facts);
}

static void
plt_print_order_finalize (GObject *object)
{
  g_clear_pointer (&PLT_PRINT_ORDER (object)->facts, plt_print_order_facts_free);

  G_OBJECT_CLASS (plt_print_order_parent_class)->finalize (object);
}

static void
plt_print_order_class_init (PltPrintOrderClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = plt_print_order_finalize;
  signals[CHANGED] = g_signal_new ("changed", PLT_TYPE_PRINT_ORDER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
}

static void
plt_print_order_init (PltPrintOrder *self)
{
}

PltPrintOrder *
plt_print_order_new (gint64 id)
{
  PltPrintOrder *self = g_object_new (PLT_TYPE_PRINT_ORDER, NULL);

  self->id = id;
  return self;
}

gint64
plt_print_order_get_id (PltPrintOrder *self)
{
  return self->id;
}

const PltPrintOrderFacts *
plt_print_order_get_facts (PltPrintOrder *self)
{
  return self->facts;
}

static gboolean
is_same (const PltPrintOrderFacts *one,
         const PltPrintOrderFacts *other)
{
  return one != NULL && one->state == other->state && one->place == other->place &&
         one->priority == other->priority && one->overdue == other->overdue &&
         g_strcmp0 (one->number, other->number) == 0 &&
         g_strcmp0 (one->holder_name, other->holder_name) == 0 &&
         g_strcmp0 (one->reason, other->reason) == 0 && g_strcmp0 (one->printer, other->printer) == 0 &&
         g_strcmp0 (one->batch, other->batch) == 0 && g_strcmp0 (one->leased_by, other->leased_by) == 0 &&
         g_strcmp0 (one->held_by, other->held_by) == 0;
}

/* What is the same as before changes nothing for whoever looks. */
void
plt_print_order_take_facts (PltPrintOrder      *self,
                            PltPrintOrderFacts *facts)
{
  g_return_if_fail (PLT_IS_PRINT_ORDER (self));

  g_autoptr (PltPrintOrderFacts) before = self->facts;

  self->facts = facts;
  if (!is_same (before, facts))
    g_signal_emit (self, signals[CHANGED], 0);
}

/* Of @other, which was read of the same order. */
void
plt_print_order_copy_facts (PltPrintOrder *self,
                            PltPrintOrder *other)
{
  g_return_if_fail (PLT_IS_PRINT_ORDER (other) && other->facts != NULL);

  PltPrintOrderFacts *copy = g_memdup2 (other->facts, sizeof *other->facts);

  copy->number = g_strdup (copy->number);
  copy->holder_name = g_strdup (copy->holder_name);
  copy->reason = g_strdup (copy->reason);
  copy->printer = g_strdup (copy->printer);
  copy->batch = g_strdup (copy->batch);
  copy->leased_by = g_strdup (copy->leased_by);
  copy->held_by = g_strdup (copy->held_by);
  plt_print_order_take_facts (self, copy);
}

gboolean
plt_print_order_state_from_nick (const char         *nick,
                                 PltPrintOrderState *state)
{
  for (int i = 0; i < PLT_N_PRINT_ORDER_STATES; i++)
    if (g_strcmp0 (states[i].nick, nick) == 0)
      {
        *state = (PltPrintOrderState) i;
        return TRUE;
      }
  return FALSE;
}

const char *
plt_print_order_state_to_nick (PltPrintOrderState state)
{
  g_return_val_if_fail (state < PLT_N_PRINT_ORDER_STATES, NULL);

  return states[state].nick;
}

const char *
plt_print_order_state_get_title (PltPrintOrderState state)
{
  g_return_val_if_fail (state < PLT_N_PRINT_ORDER_STATES, NULL);

  return g_dpgettext2 (GETTEXT_PACKAGE, "print order", states[state].title);
}
