// Whatever the visitor holds before the eye is seen through a lens of its own, in a share of the
// depth range that nothing else has, so that it pokes through nothing.
#pragma once

uniform mat4 u_hand_projection;  // camera space (x right, y forward, z up) -> clip
const float NEAREST = 0.04;      // that share; twin of HAND_SHARE in orb.glsl

vec4 held_in_view(vec3 point) {
    vec4 clip = u_hand_projection * vec4(point, 1.0);
    clip.z = (clip.z + clip.w) * NEAREST - clip.w;
    return clip;
}
