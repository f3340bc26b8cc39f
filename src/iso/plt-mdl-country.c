/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The codes of countries: three letters, as records have them, and two, as an mDL has them. */
#include "plt-mdl-country.h"

#include <string.h>

/* ISO 3166-1, each alpha-3 with its alpha-2; sorted. UTO is the specimen state of ICAO Doc 9303, for
 * which two letters that ISO 3166-1 has not assigned are usual. */
static const char codes[] =
  "ABWAW AFGAF AGOAO AIAAI ALAAX ALBAL ANDAD AREAE ARGAR ARMAM ASMAS ATAAQ ATFTF ATGAG "
  "AUSAU AUTAT AZEAZ BDIBI BELBE BENBJ BESBQ BFABF BGDBD BGRBG BHRBH BHSBS BIHBA BLMBL "
  "BLRBY BLZBZ BMUBM BOLBO BRABR BRBBB BRNBN BTNBT BVTBV BWABW CAFCF CANCA CCKCC CHECH "
  "CHLCL CHNCN CIVCI CMRCM CODCD COGCG COKCK COLCO COMKM CPVCV CRICR CUBCU CUWCW CXRCX "
  "CYMKY CYPCY CZECZ DEUDE DJIDJ DMADM DNKDK DOMDO DZADZ ECUEC EGYEG ERIER ESHEH ESPES "
  "ESTEE ETHET FINFI FJIFJ FLKFK FRAFR FROFO FSMFM GABGA GBRGB GEOGE GGYGG GHAGH GIBGI "
  "GINGN GLPGP GMBGM GNBGW GNQGQ GRCGR GRDGD GRLGL GTMGT GUFGF GUMGU GUYGY HKGHK HMDHM "
  "HNDHN HRVHR HTIHT HUNHU IDNID IMNIM INDIN IOTIO IRLIE IRNIR IRQIQ ISLIS ISRIL ITAIT "
  "JAMJM JEYJE JORJO JPNJP KAZKZ KENKE KGZKG KHMKH KIRKI KNAKN KORKR KWTKW LAOLA LBNLB "
  "LBRLR LBYLY LCALC LIELI LKALK LSOLS LTULT LUXLU LVALV MACMO MAFMF MARMA MCOMC MDAMD "
  "MDGMG MDVMV MEXMX MHLMH MKDMK MLIML MLTMT MMRMM MNEME MNGMN MNPMP MOZMZ MRTMR MSRMS "
  "MTQMQ MUSMU MWIMW MYSMY MYTYT NAMNA NCLNC NERNE NFKNF NGANG NICNI NIUNU NLDNL NORNO "
  "NPLNP NRUNR NZLNZ OMNOM PAKPK PANPA PCNPN PERPE PHLPH PLWPW PNGPG POLPL PRIPR PRKKP "
  "PRTPT PRYPY PSEPS PYFPF QATQA REURE ROURO RUSRU RWARW SAUSA SDNSD SENSN SGPSG SGSGS "
  "SHNSH SJMSJ SLBSB SLESL SLVSV SMRSM SOMSO SPMPM SRBRS SSDSS STPST SURSR SVKSK SVNSI "
  "SWESE SWZSZ SXMSX SYCSC SYRSY TCATC TCDTD TGOTG THATH TJKTJ TKLTK TKMTM TLSTL TONTO "
  "TTOTT TUNTN TURTR TUVTV TWNTW TZATZ UGAUG UKRUA UMIUM URYUY USAUS UTOUT UZBUZ VATVA "
  "VCTVC VENVE VGBVG VIRVI VNMVN VUTVU WLFWF WSMWS YEMYE ZAFZA ZMBZM ZWEZW";

#define STRIDE 6 /* "ABWAW " */
#define N_COUNTRIES (sizeof codes / STRIDE)

/**
 * plt_mdl_country_to_alpha_2:
 * @alpha_3: (nullable): three capitals, e.g. "UTO"
 *
 * Returns: (transfer full) (nullable): two capitals; %NULL for a code that has none, such as those
 *   of ICAO for refugees and organizations
 */
char *
plt_mdl_country_to_alpha_2 (const char *alpha_3)
{
  if (alpha_3 == NULL || strlen (alpha_3) != 3)
    return NULL;
  for (gsize i = 0; i < N_COUNTRIES; i++)
    if (strncmp (codes + i * STRIDE, alpha_3, 3) == 0)
      return g_strndup (codes + i * STRIDE + 3, 2);

  return NULL;
}

/**
 * plt_mdl_country_to_alpha_3:
 * @alpha_2: (nullable): two capitals
 *
 * Returns: (transfer full) (nullable): three capitals
 */
char *
plt_mdl_country_to_alpha_3 (const char *alpha_2)
{
  if (alpha_2 == NULL || strlen (alpha_2) != 2)
    return NULL;
  for (gsize i = 0; i < N_COUNTRIES; i++)
    if (strncmp (codes + i * STRIDE + 3, alpha_2, 2) == 0)
      return g_strndup (codes + i * STRIDE, 3);

  return NULL;
}
