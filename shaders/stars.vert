#version 330
// The many faint stars, as points.
#pragma include "lib/star.glsl"
#pragma include "lib/galaxy.glsl"
in vec4 p3d_Vertex;  // a direction in the dream's axes
in vec3 galactic;    // the same in galactic axes
in vec4 shine;       // colour of luminance one; magnitude
in float seed;
out vec3 v_color;
out float v_radius;  // of the point, in standard deviations of the star

void main() {
    vec3 dir = p3d_Vertex.xyz;
    float light = star_peak(shine.w) * star_seen(shine.w, dir) * star_shimmer(seed);
    gl_Position = vec4(0.0, 0.0, 2.0, 1.0);  // beyond the far plane: not drawn
    gl_PointSize = 1.0;
    v_color = vec3(0.0);
    v_radius = 1.0;
    if (light <= 0.004) return;
    light *= mix(1.0, exp(-galaxy(galactic, 2.0).dust), 0.8);
    vec2 spread = star_spread(1.0);
    light *= spread.y;
    v_color = mix(vec3(1.0), shine.rgb, 1.25) * light;
    v_radius = 3.6;
    gl_PointSize = 2.0 * v_radius * spread.x;
    if (light > 0.004) gl_Position = star_place(mat3(p3d_ViewMatrix) * dir);
}
