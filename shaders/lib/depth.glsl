// Metres from the eye's plane, of a depth as it is stored. Near and far are render/lens.py's.
#pragma once

float linear_depth(float d) { return 0.06 * 2400.0 / (2400.0 - d * (2400.0 - 0.06)); }
vec4 linear_depth(vec4 d) { return 0.06 * 2400.0 / (2400.0 - d * (2400.0 - 0.06)); }
