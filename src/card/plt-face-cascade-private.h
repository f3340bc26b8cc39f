/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a cascade is made of: shared by the file that reads it and the file that evaluates it. */
#pragma once

#include "plt-face-cascade.h"

G_BEGIN_DECLS

typedef struct
{
  guint8 x, y, width, height;
  float  weight;
} PltCascadeRect;

typedef struct
{
  PltCascadeRect rects[3];
  int            n_rects;
} PltCascadeFeature;

typedef struct
{
  int   left, right; /* > 0: the node after so many; else minus the leaf */
  int   feature;
  float threshold;
} PltCascadeNode;

typedef struct
{
  guint first_node, n_nodes, first_leaf, n_leaves;
} PltCascadeTree;

typedef struct
{
  guint first_tree, n_trees;
  float threshold;
} PltCascadeStage;

struct _PltFaceCascade
{
  int     width, height;
  GArray *stages, *trees, *nodes, *leaves, *features;
};

G_END_DECLS
