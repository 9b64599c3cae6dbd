// Where the orb is and how large it is seen: shared by the orb, its halo and the vapour.
#pragma once
#pragma include "frame.glsl"
uniform mat4 p3d_ProjectionMatrix;
uniform vec3 u_orb;

const float ORB_RADIUS = 0.025;   // metres
const float HAND_HALF = 0.57735;  // tangent of half the field of the hand's own lens
const float HAND_NEAR = 0.02, HAND_FAR = 3.0, HAND_SHARE = 0.04;  // twin of hand.vert
const float STAR = 2.2;           // pixels: no smaller than this on its way to the stars

// 1 where the orb is in the visitor's own hand, or hardly out of it: that is seen through a lens
// of its own.
float in_hand(float range) { return 1.0 - smoothstep(0.9, 1.5, range); }

// Tangent of half the height of the picture's view.
float half_height() { return 1.0 / length(vec3(p3d_ProjectionMatrix[0][1], p3d_ProjectionMatrix[1][1], p3d_ProjectionMatrix[2][1])); }

// While a memory is looked into the orb swells towards the eye: a dream's liberty.
float swelling() { return smoothstep(0.0, 1.0, S_memory_glow); }

float orb_radius(float range) {
    float lens = mix(1.0, half_height() / HAND_HALF, in_hand(range));
    float swell = 1.0 + swelling() * mix(1.2, 1.58, in_hand(range));
    float size = ORB_RADIUS * lens * swell * mix(0.35, 1.0, smoothstep(0.0, 1.0, S_orb));
    size *= 1.0 + 0.035 * S_orb_pulse;
    float star = smoothstep(0.0, 0.35, S_orb_flight);
    float pixel = 2.0 * half_height() / u_size.y * range;
    return max(size * (1.0 - 0.7 * star), STAR * pixel * star);
}

// It swells upwards, so that it goes on resting over the palm.
vec3 orb_centre(float range, float radius, vec3 up) {
    float rest = ORB_RADIUS * mix(1.0, half_height() / HAND_HALF, in_hand(range));
    return u_orb + up * swelling() * max(radius - rest, 0.0) * 0.8;
}

// Depth as the hand keeps it, so that the thumb passes before it and fingers behind; swollen, a
// little before its middle.
// `ahead` : metres that it is to lie nearer than it does.
vec4 orb_depth(vec4 clip, float range, float radius, float ahead) {
    float near = max(clip.w - radius * swelling() * 0.35 - ahead, 0.03);
    float z = (HAND_FAR + HAND_NEAR - 2.0 * HAND_FAR * HAND_NEAR / near) / (HAND_FAR - HAND_NEAR);
    float held = ((z + 1.0) * HAND_SHARE - 1.0) * clip.w;
    clip.z = in_hand(range) > 0.5 ? held : clip.z;
    return clip;
}

// How much of it there is: it condenses, and at its journey's end it is in the star.
float orb_presence() { return smoothstep(0.0, 0.6, S_orb) * (1.0 - smoothstep(0.93, 1.0, S_orb_flight)); }
