// Somebody between two levels of detail is drawn by both, each on the pixels that the other leaves.
#pragma once
#pragma include "noise.glsl"

// Whether a level with this share of somebody leaves the pixel out: see posed.glsl.
bool faded(float share) {
    float pattern = gradient_dither(floor(gl_FragCoord.xy));
    return share > 0.0 ? pattern >= share : pattern < -share;
}
