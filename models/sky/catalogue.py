"""The stars that people know by name.

Each row is a name, right ascension and declination in degrees (ICRS, epoch J2000), visual
magnitude V and colour index B-V, rounded from the Hipparcos catalogue (ESA 1997) and the
Bright Star Catalogue (Hoffleit & Warren 1991). The whole of the lyre is here, and around it
the swan and the eagle, then the brightest stars of both hemispheres.
"""

from __future__ import annotations

from typing import NamedTuple


class Star(NamedTuple):
    """A star: degrees J2000, magnitude, colour index."""

    name: str
    ra: float
    dec: float
    magnitude: float
    color_index: float


LYRE = (
    Star("Vega", 279.2347, 38.7837, 0.03, 0.00),
    Star("Sheliak", 282.5200, 33.3627, 3.52, 0.00),
    Star("Sulafat", 284.7359, 32.6896, 3.25, -0.05),
    Star("Delta1 Lyrae", 283.4315, 36.9717, 5.58, -0.14),
    Star("Delta2 Lyrae", 283.6262, 36.8986, 4.22, 1.58),
    Star("Zeta1 Lyrae", 281.1932, 37.6051, 4.34, 0.19),
    Star("Epsilon1 Lyrae", 281.0848, 39.6701, 4.67, 0.17),
    Star("Epsilon2 Lyrae", 281.0949, 39.6127, 4.59, 0.18),
    Star("Eta Lyrae", 288.4395, 39.1460, 4.39, -0.15),
    Star("Theta Lyrae", 289.0921, 38.1337, 4.36, 1.26),
    Star("Kappa Lyrae", 274.9655, 36.0645, 4.33, 1.17),
    Star("Lambda Lyrae", 285.0036, 32.1455, 4.93, 1.47),
    Star("R Lyrae", 283.8338, 43.9461, 4.08, 1.40),
    Star("Mu Lyrae", 276.0574, 39.5072, 5.12, 0.04),
    Star("Nu2 Lyrae", 282.4705, 32.5511, 5.22, 0.10),
)

SWAN = (
    Star("Deneb", 310.3580, 45.2803, 1.25, 0.09),
    Star("Sadr", 305.5571, 40.2567, 2.23, 0.67),
    Star("Aljanah", 311.5528, 33.9703, 2.48, 1.02),
    Star("Fawaris", 296.2437, 45.1308, 2.86, -0.00),
    Star("Albireo", 292.6804, 27.9597, 3.05, 1.09),
    Star("Zeta Cygni", 318.2341, 30.2269, 3.21, 0.99),
    Star("Xi Cygni", 316.2328, 43.9278, 3.72, 1.61),
    Star("Tau Cygni", 318.6979, 38.0453, 3.74, 0.39),
    Star("Kappa Cygni", 289.2757, 53.3685, 3.80, 0.95),
    Star("Iota Cygni", 292.4265, 51.7298, 3.76, 0.15),
    Star("Omicron1 Cygni", 303.4079, 46.7413, 3.80, 1.27),
    Star("Eta Cygni", 299.0766, 35.0834, 3.89, 1.02),
    Star("Nu Cygni", 314.2934, 41.1671, 3.94, 0.02),
)

EAGLE = (
    Star("Altair", 297.6958, 8.8683, 0.76, 0.22),
    Star("Tarazed", 296.5650, 10.6133, 2.72, 1.51),
    Star("Alshain", 298.8283, 6.4068, 3.71, 0.86),
    Star("Okab", 286.3525, 13.8635, 2.99, 0.01),
    Star("Delta Aquilae", 291.3746, 3.1148, 3.36, 0.32),
    Star("Lambda Aquilae", 286.5622, -4.8826, 3.43, -0.09),
    Star("Theta Aquilae", 302.8262, -0.8215, 3.24, -0.07),
    Star("Eta Aquilae", 298.1182, 1.0057, 3.87, 0.63),
    Star("Epsilon Aquilae", 284.9056, 15.0683, 4.02, 1.08),
    Star("Gamma Sagittae", 299.6893, 19.4921, 3.51, 1.57),
    Star("Sualocin", 309.9095, 15.9121, 3.77, -0.06),
    Star("Rotanev", 309.3872, 14.5951, 3.64, 0.43),
    Star("Gamma2 Delphini", 311.6646, 16.1243, 4.27, 1.04),
    Star("Delta Delphini", 310.8647, 15.0746, 4.43, 0.30),
)

NEIGHBOURS = (  # Hercules, Draco, the northern crown, Ophiuchus
    Star("Kornephoros", 247.5550, 21.4896, 2.78, 0.95),
    Star("Zeta Herculis", 250.3215, 31.6027, 2.81, 0.65),
    Star("Eta Herculis", 250.7240, 38.9223, 3.48, 0.92),
    Star("Pi Herculis", 258.7618, 36.8092, 3.16, 1.44),
    Star("Epsilon Herculis", 255.0724, 30.9264, 3.92, -0.02),
    Star("Sarin", 258.7580, 24.8392, 3.12, 0.08),
    Star("Mu Herculis", 266.6147, 27.7207, 3.42, 0.75),
    Star("Iota Herculis", 264.8662, 46.0063, 3.82, -0.18),
    Star("Theta Herculis", 269.0633, 37.2505, 3.86, 1.35),
    Star("Xi Herculis", 269.4412, 29.2479, 3.70, 0.94),
    Star("Omicron Herculis", 271.8856, 28.7625, 3.84, -0.02),
    Star("Eltanin", 269.1515, 51.4889, 2.24, 1.52),
    Star("Rastaban", 262.6082, 52.3014, 2.79, 0.95),
    Star("Athebyne", 245.9979, 61.5142, 2.73, 0.91),
    Star("Altais", 288.1387, 67.6615, 3.07, 0.99),
    Star("Alphecca", 233.6720, 26.7147, 2.22, 0.03),
    Star("Rasalhague", 263.7336, 12.5600, 2.08, 0.16),
    Star("Cebalrai", 265.8681, 4.5673, 2.76, 1.17),
    Star("Sabik", 257.5945, -15.7249, 2.43, 0.06),
    Star("Zeta Ophiuchi", 249.2897, -10.5671, 2.54, 0.04),
)

NORTH = (
    Star("Polaris", 37.9546, 89.2641, 1.97, 0.64),
    Star("Kochab", 222.6764, 74.1555, 2.07, 1.47),
    Star("Pherkad", 230.1822, 71.8340, 3.00, 0.06),
    Star("Dubhe", 165.9320, 61.7510, 1.81, 1.06),
    Star("Merak", 165.4603, 56.3824, 2.34, 0.03),
    Star("Phecda", 178.4577, 53.6948, 2.41, 0.04),
    Star("Megrez", 183.8565, 57.0326, 3.32, 0.08),
    Star("Alioth", 193.5073, 55.9598, 1.76, -0.02),
    Star("Mizar", 200.9814, 54.9254, 2.23, 0.06),
    Star("Alkaid", 206.8852, 49.3133, 1.85, -0.10),
    Star("Arcturus", 213.9153, 19.1824, -0.05, 1.24),
    Star("Izar", 221.2467, 27.0742, 2.35, 0.97),
    Star("Cor Caroli", 194.0069, 38.3184, 2.89, -0.12),
    Star("Denebola", 177.2649, 14.5721, 2.14, 0.09),
    Star("Regulus", 152.0930, 11.9672, 1.36, -0.09),
    Star("Algieba", 154.9931, 19.8415, 2.01, 1.13),
    Star("Castor", 113.6494, 31.8883, 1.58, 0.03),
    Star("Pollux", 116.3290, 28.0262, 1.16, 0.99),
    Star("Alhena", 99.4279, 16.3993, 1.93, 0.00),
    Star("Capella", 79.1723, 45.9980, 0.08, 0.80),
    Star("Menkalinan", 89.8822, 44.9474, 1.90, 0.08),
    Star("Elnath", 81.5730, 28.6075, 1.65, -0.13),
    Star("Aldebaran", 68.9802, 16.5093, 0.87, 1.54),
    Star("Alcyone", 56.8712, 24.1051, 2.85, -0.09),
    Star("Mirfak", 51.0807, 49.8612, 1.79, 0.48),
    Star("Algol", 47.0422, 40.9556, 2.09, 0.00),
    Star("Hamal", 31.7934, 23.4624, 2.01, 1.15),
    Star("Almach", 30.9748, 42.3297, 2.10, 1.37),
    Star("Mirach", 17.4330, 35.6206, 2.07, 1.58),
    Star("Alpheratz", 2.0969, 29.0904, 2.07, -0.04),
    Star("Schedar", 10.1268, 56.5373, 2.24, 1.17),
    Star("Caph", 2.2945, 59.1498, 2.28, 0.38),
    Star("Gamma Cassiopeiae", 14.1772, 60.7167, 2.15, -0.05),
    Star("Ruchbah", 21.4540, 60.2353, 2.66, 0.16),
    Star("Segin", 28.5989, 63.6701, 3.35, -0.15),
    Star("Alderamin", 319.6449, 62.5856, 2.45, 0.26),
    Star("Enif", 326.0465, 9.8750, 2.38, 1.52),
    Star("Scheat", 345.9436, 28.0828, 2.44, 1.66),
    Star("Markab", 346.1902, 15.2053, 2.49, 0.00),
    Star("Algenib", 3.3090, 15.1836, 2.83, -0.19),
)

EQUATOR_AND_SOUTH = (
    Star("Sirius", 101.2872, -16.7161, -1.44, 0.01),
    Star("Canopus", 95.9880, -52.6957, -0.62, 0.16),
    Star("Rigil Kentaurus", 219.9009, -60.8356, -0.28, 0.71),
    Star("Rigel", 78.6345, -8.2016, 0.18, -0.03),
    Star("Procyon", 114.8255, 5.2250, 0.40, 0.43),
    Star("Betelgeuse", 88.7929, 7.4071, 0.45, 1.50),
    Star("Achernar", 24.4286, -57.2368, 0.45, -0.16),
    Star("Hadar", 210.9559, -60.3730, 0.61, -0.23),
    Star("Acrux", 186.6496, -63.0991, 0.77, -0.24),
    Star("Mimosa", 191.9303, -59.6888, 1.25, -0.24),
    Star("Gacrux", 187.7915, -57.1132, 1.59, 1.60),
    Star("Spica", 201.2983, -11.1613, 0.98, -0.24),
    Star("Antares", 247.3519, -26.4320, 1.06, 1.87),
    Star("Fomalhaut", 344.4127, -29.6222, 1.17, 0.15),
    Star("Adhara", 104.6565, -28.9721, 1.50, -0.21),
    Star("Shaula", 263.4022, -37.1038, 1.62, -0.23),
    Star("Sargas", 264.3297, -42.9978, 1.86, 0.41),
    Star("Bellatrix", 81.2828, 6.3497, 1.64, -0.22),
    Star("Alnilam", 84.0534, -1.2019, 1.69, -0.18),
    Star("Alnitak", 85.1897, -1.9426, 1.74, -0.20),
    Star("Mintaka", 83.0017, -0.2991, 2.25, -0.18),
    Star("Saiph", 86.9391, -9.6696, 2.07, -0.17),
    Star("Kaus Australis", 276.0430, -34.3846, 1.79, -0.03),
    Star("Nunki", 283.8164, -26.2967, 2.05, -0.13),
    Star("Miaplacidus", 138.3000, -69.7172, 1.67, 0.07),
    Star("Avior", 125.6285, -59.5095, 1.86, 1.20),
    Star("Alphard", 141.8968, -8.6586, 1.99, 1.44),
    Star("Peacock", 306.4119, -56.7351, 1.94, -0.12),
    Star("Alnair", 332.0583, -46.9610, 1.73, -0.07),
    Star("Atria", 252.1662, -69.0277, 1.91, 1.45),
    Star("Diphda", 10.8974, -17.9866, 2.04, 1.02),
    Star("Gienah", 183.9516, -17.5419, 2.58, -0.11),
)

STARS = LYRE + SWAN + EAGLE + NEIGHBOURS + NORTH + EQUATOR_AND_SOUTH
