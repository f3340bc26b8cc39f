/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What tests claim of findings, and of each bit and each beginning of what was verified. */
#pragma once

#include "plt-verify.h"

PltVerifyFinding *verify_claims_get_first           (GPtrArray              *findings);
void              verify_claims_assert_genuine      (const PltVerifyFinding *finding);
void              verify_claims_assert_claim        (const PltVerifyFinding *finding,
                                                     PltVerifyField          field,
                                                     const char             *value);
gboolean          verify_claims_are_genuine         (GBytes                 *bytes,
                                                     PltVerifyKeys          *keys);
/* @step: of so many bits one is turned over. */
void              verify_claims_assert_each_bit     (GBytes                 *bytes,
                                                     PltVerifyKeys          *keys,
                                                     gsize                   step);
void              verify_claims_assert_no_beginning (GBytes                 *bytes,
                                                     PltVerifyKeys          *keys,
                                                     gsize                   step);
