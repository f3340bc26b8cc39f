/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A PKCS#11 module before SoftHSM that is as slow, or as broken, as a file says: its first
 * number is how many milliseconds a signature takes, the second what it answers then (a CKR
 * code; 0: what SoftHSM does), the third how many signatures it makes before it does so, the
 * fourth what it answers to a PIN, the fifth to who wants a new key. Each time that a PIN is
 * offered, a file beside that file grows by a byte. */
#include <p11-kit/pkcs11.h>

#include <dlfcn.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static CK_FUNCTION_LIST *real;
static CK_FUNCTION_LIST own;

typedef struct
{
  long          milliseconds;
  unsigned long answer;
  int           good;
  unsigned long login;
  unsigned long generate;
} Manner;

static Manner
read_manner (void)
{
  const char *path = getenv ("PLT_SLOW_TOKEN");
  FILE *file = path != NULL ? fopen (path, "r") : NULL;
  Manner manner = { 0 };

  if (file == NULL)
    return manner;
  if (fscanf (file, "%ld %lu %d %lu %lu", &manner.milliseconds, &manner.answer, &manner.good, &manner.login,
              &manner.generate) < 2)
    manner.answer = CKR_GENERAL_ERROR;
  fclose (file);

  return manner;
}

static void
note_login (void)
{
  char path[4096];
  FILE *file;

  snprintf (path, sizeof path, "%s.logins", getenv ("PLT_SLOW_TOKEN"));
  file = fopen (path, "a");
  if (file == NULL)
    return;
  fputc ('.', file);
  fclose (file);
}

/* Signatures since the token was last all right are counted for the whole process. Who asks only how long one will
 * be, as gnutls does before each, has his answer at once from any token. */
static CK_RV
sign_slowly (CK_SESSION_HANDLE session,
             unsigned char    *data,
             unsigned long     length,
             unsigned char    *signature,
             unsigned long    *signature_length)
{
  static atomic_int made;
  Manner manner;

  if (signature == NULL)
    return real->C_Sign (session, data, length, signature, signature_length);
  manner = read_manner ();
  nanosleep (&(struct timespec) { manner.milliseconds / 1000, manner.milliseconds % 1000 * 1000000 }, NULL);
  if (manner.answer == 0)
    made = 0;
  else if (made++ >= manner.good)
    return manner.answer;

  return real->C_Sign (session, data, length, signature, signature_length);
}

static CK_RV
login (CK_SESSION_HANDLE session,
       CK_USER_TYPE      user,
       unsigned char    *pin,
       unsigned long     length)
{
  const Manner manner = read_manner ();

  note_login ();
  return manner.login != 0 ? manner.login : real->C_Login (session, user, pin, length);
}

static CK_RV
generate (CK_SESSION_HANDLE  session,
          CK_MECHANISM      *mechanism,
          CK_ATTRIBUTE      *public,
          unsigned long      n_public,
          CK_ATTRIBUTE      *private,
          unsigned long      n_private,
          CK_OBJECT_HANDLE  *public_key,
          CK_OBJECT_HANDLE  *private_key)
{
  const Manner manner = read_manner ();

  return manner.generate != 0 ? manner.generate
                              : real->C_GenerateKeyPair (session, mechanism, public, n_public, private, n_private, public_key,
                                                         private_key);
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
  own.C_Login = login;
  own.C_GenerateKeyPair = generate;
  *list = &own;

  return CKR_OK;
}
