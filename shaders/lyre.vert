#version 330
// The stars with names, as discs that face the eye, and the lines of light within the lyre.
#pragma include "lib/star.glsl"
#pragma include "lib/color.glsl"
in vec4 p3d_Vertex;  // a direction in the dream's axes
in vec3 along;       // of a line: the way it runs; zero for a star
in vec2 corner;      // star: -1..1 twice; line: 0..1 along it, -1..1 across
in vec4 shine;       // colour of luminance one; magnitude
in vec2 lyre;        // radians from Vega or -1 outside the lyre; length of a line, radians
out vec2 v_corner;
out vec3 v_color;
out vec4 v_shape;    // radius in standard deviations, glare, is a line, length of the line

const float PULSE = 5.0;   // seconds from one answer to the next
const float SPREAD = 1.1;  // answers go out from Vega: turns a radian
const float LINE = 0.0085; // radians: half the width of a line's glow

float answer(float from_vega) {
    float wave = 0.5 + 0.5 * sin(2.0 * PI * (S_breath / PULSE - from_vega * SPREAD));
    return S_lyra_pulse * wave * wave * wave;
}

void star(vec3 view) {
    bool in_lyre = lyre.x >= 0.0;
    float peak = star_peak(shine.w) * star_seen(shine.w, p3d_Vertex.xyz);
    vec3 tint = mix(vec3(1.0), shine.rgb, 1.3);
    float glare = (1.0 - smoothstep(0.0, 3.4, shine.w)) * mix(0.35, 1.0, S_afloat);
    if (in_lyre) {
        float called = answer(lyre.x);
        float vega = 1.0 - smoothstep(0.0, 0.01, lyre.x);
        float home = vega * smoothstep(0.93, 1.0, S_orb_flight);
        peak *= 1.0 + S_lyra_pulse * 1.8 + 2.6 * called * (1.0 - 0.6 * vega) + home * 2.2;
        // When the flame sets out it is Vega that gives it.
        float gives = vega * smoothstep(0.0, 1.5, S_dawn_count) * (1.0 - 0.7 * smoothstep(30.0, 400.0, S_dawn_count));
        peak *= 1.0 + 1.6 * gives;
        home = max(home, gives);
        tint = mix(tint, srgb(0x9FD4FF) * 1.5, 0.85 * home + 0.35 * S_lyra_pulse);
        tint = mix(tint, srgb(0xFFD2A8) * 1.3, 0.75 * gives);
        glare = max(glare, max(0.75 * home + 0.25 * called * vega, S_lyra_pulse * (0.22 + 0.4 * called)));
    }
    vec2 spread = star_spread(1.0 + 1.2 * glare);
    float radius = 6.0 + 60.0 * glare * glare;
    float size = radius * spread.x / pixels_per_radian();
    vec3 right = normalize(cross(view, lens_up() + 1e-5));
    vec3 up = cross(right, view);
    gl_Position = star_place(view + (right * corner.x + up * corner.y) * size);
    v_color = max(tint, 0.0) * peak * spread.y;
    v_shape = vec4(radius, glare, 0.0, 0.0);
}

void line(vec3 view) {
    vec3 side = normalize(cross(view, mat3(p3d_ViewMatrix) * along));
    gl_Position = star_place(view + side * corner.y * LINE);
    float reach = S_lyra_pulse * 0.75;
    float drawn = smoothstep(lyre.x, lyre.x + 0.12, reach);
    float shimmer = 0.55 + 0.9 * answer(lyre.x) + 0.12 * sin(S_breath * 1.3 - lyre.x * 40.0);
    v_color = srgb(0x9FD4FF) * drawn * shimmer * 0.15 * S_stars;
    v_shape = vec4(LINE * pixels_per_radian(), 0.0, 1.0, lyre.y);
}

void main() {
    vec3 view = mat3(p3d_ViewMatrix) * p3d_Vertex.xyz;
    v_corner = corner;
    if (dot(along, along) < 0.5) star(view);
    else line(view);
    if (max(v_color.r, max(v_color.g, v_color.b)) < 0.002) gl_Position = vec4(0.0, 0.0, 2.0, 1.0);
}
