// The face of marble a hand wide and finer: see models/place/worn.py. FINEST as in marble.glsl.
#pragma once
#pragma include "noise.glsl"
uniform sampler2D u_worn;  // slope along x and y, polish, crystals

const float WORN_TILE = 0.62;  // metres

vec4 worn_at(vec2 p, ivec2 cell, vec2 x, vec2 y) {
    return textureGrad(u_worn, p + vec2(hash(ivec3(cell, 1)), hash(ivec3(cell, 2))), x, y);
}

// Slope along x and y, polish, crystals at a place in tiles; at the finest without a repeat that
// the eye could find: three shifted copies, blended over a lattice of triangles (after Heitz &
// Neyret 2018).
vec4 worn(vec2 p) {
    vec4 sum;
    if (FINEST) {
        // At a low angle a pixel is long: a mean over all of it would leave nothing to be seen.
        vec2 x = dFdx(p), y = dFdy(p);
        float longer = sqrt(max(dot(x, x), dot(y, y)) / max(min(dot(x, x), dot(y, y)), 1e-12));
        float less = 1.0 / clamp(longer / 1.5, 1.0, 3.0);
        if (dot(x, x) > dot(y, y)) x *= less;
        else y *= less;
        vec2 s = mat2(1.0, -0.57735027, 0.0, 1.15470054) * p * 1.6;
        ivec2 at = ivec2(floor(s));
        vec3 t = vec3(fract(s), 0.0);
        t.z = 1.0 - t.x - t.y;
        bool lower = t.z > 0.0;
        vec3 w = lower ? t.zyx : vec3(-t.z, 1.0 - t.yx);
        w = w * w * w * w;
        w /= w.x + w.y + w.z;
        sum = worn_at(p, lower ? at : at + 1, x, y) * w.x;
        sum += worn_at(p, lower ? at + ivec2(0, 1) : at + ivec2(1, 0), x, y) * w.y;
        sum += worn_at(p, lower ? at + ivec2(1, 0) : at + ivec2(0, 1), x, y) * w.z;
    } else {
        sum = texture(u_worn, p);
    }
    return vec4(2.0 * sum.xy - 1.0, sum.zw);
}
