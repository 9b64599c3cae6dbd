// How a star lands on the picture: a point of flux spread by the eye.
#pragma once
#pragma include "frame.glsl"
#pragma include "clouds.glsl"
uniform mat4 p3d_ProjectionMatrix;

const float STAR_SIGMA = 0.0011;  // radians: spread of a star in the eye of the dream
const float STAR_PIXELS = 0.62;   // pixels: below this a Gaussian would swim between pixels

// What the lens turns into the picture's height, whichever way view space has up.
vec3 lens_up() {
    return vec3(p3d_ProjectionMatrix[0][1], p3d_ProjectionMatrix[1][1], p3d_ProjectionMatrix[2][1]);
}

float pixels_per_radian() { return 0.5 * u_size.y * length(lens_up()); }

// A star's spread in pixels and what that leaves of its peak. It grows by the root alone with
// finer pictures and longer lenses, so that stars stay points.
vec2 star_spread(float share) {
    float wanted = STAR_SIGMA * share * pixels_per_radian() / STAR_PIXELS;
    return vec2(STAR_PIXELS * max(1.0, sqrt(wanted)), min(1.0, wanted));
}

// Peak radiance of a star of visual magnitude m. The true ratio of 2.512 a magnitude is
// compressed, as eyes do, so that the sixth magnitude still shows beside the first.
float star_peak(float magnitude) { return 25.0 * exp2(-1.06 * magnitude); }

// Which stars the sky lets through: the brightest, high up, between clouds, at dusk; all of them
// afloat.
float star_seen(float magnitude, vec3 dir) {
    float limit = mix(4.6, 10.0, S_stars);
    float seen = (1.0 - smoothstep(limit - 0.8, limit + 0.8, magnitude));
    float high = mix(smoothstep(0.30, 0.85, dir.z), 1.0, S_afloat);
    high *= mix(cloud_light(dir, 0.0).r, 1.0, S_afloat);
    return seen * high * smoothstep(0.0, 0.1, S_stars) * mix(0.35, 1.0, S_stars);
}

// A slow shimmer, each star with a pace of its own; 0.1 to 0.5 Hz.
float star_shimmer(float seed) {
    return 1.0 + 0.16 * sin(S_breath * (0.7 + 2.4 * seed) + seed * 411.0);
}

vec4 star_place(vec3 view_dir) {
    vec4 at = p3d_ProjectionMatrix * vec4(view_dir, 1.0);
    return vec4(at.xy, at.w * 0.9999998, at.w);
}
