/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A PKCS#11 module before SoftHSM that is as slow, or as broken, as a file says: its first number is
 * how many milliseconds a signature takes, the second what it answers then (a CKR code; 0: what
 * SoftHSM does). */
#include <p11-kit/pkcs11.h>

#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static CK_FUNCTION_LIST *real;
static CK_FUNCTION_LIST own;

static void
read_manner (long          *milliseconds,
             unsigned long *answer)
{
  const char *path = getenv ("PLT_SLOW_TOKEN");
  FILE *file = path != NULL ? fopen (path, "r") : NULL;

  *milliseconds = 0;
  *answer = 0;
  if (file == NULL)
    return;
  if (fscanf (file, "%ld %lu", milliseconds, answer) != 2)
    *answer = CKR_GENERAL_ERROR;
  fclose (file);
}

static CK_RV
sign_slowly (CK_SESSION_HANDLE session,
             unsigned char    *data,
             unsigned long     length,
             unsigned char    *signature,
             unsigned long    *signature_length)
{
  long milliseconds;
  unsigned long answer;

  read_manner (&milliseconds, &answer);
  nanosleep (&(struct timespec) { milliseconds / 1000, milliseconds % 1000 * 1000000 }, NULL);

  return answer != 0 ? answer
                     : real->C_Sign (session, data, length, signature, signature_length);
}

__attribute__ ((visibility ("default"))) CK_RV
C_GetFunctionList (CK_FUNCTION_LIST **list)
{
  void *module = dlopen ("libsofthsm2.so", RTLD_NOW);
  CK_RV (*get) (CK_FUNCTION_LIST **) = NULL;

  if (module == NULL)
    module = dlopen ("/usr/lib/softhsm/libsofthsm2.so", RTLD_NOW);
  if (module != NULL)
    *(void **) &get = dlsym (module, "C_GetFunctionList");
  if (get == NULL || get (&real) != CKR_OK)
    return CKR_GENERAL_ERROR;
  own = *real;
  own.C_Sign = sign_slowly;
  *list = &own;

  return CKR_OK;
}
