#version 330
// The thread of light that a bell leaves: an arc of its own through the air, told by its toll.
#pragma include "lib/frame.glsl"
#pragma include "lib/noise.glsl"
in vec4 p3d_Vertex;  // 0..1 along, -1..1 across, which of the last four bells
out vec3 v_thread;   // along, across, seconds since the bell
const float LIFE = 8.0;      // seconds
const float HALF_WIDTH = 12.0; // pixels, glow and all, in a picture 540 high

vec3 path_point(float t, float toll) {
    vec3 a = hash3(toll), b = hash3(toll + 977.0), c = hash3(toll + 1999.0);
    float turn = (a.x - 0.5) * 2.6 + PI;
    vec3 start = vec3(14.0 * cos(turn), 20.0 * sin(turn), 2.4 + 2.0 * a.y) + vec3(4.0, 0.0, 0.0);
    float bend = (a.z < 0.5 ? -1.0 : 1.0) * (0.8 + b.x);
    float length = 11.0 + 14.0 * b.y;
    float heading = turn + PI * 0.5 * bend;
    vec3 p = start;
    p.xy += length * t * vec2(cos(heading), sin(heading));
    p.xy += 3.5 * sin(t * PI * (1.0 + c.x)) * vec2(-sin(heading), cos(heading));
    p.z += (2.0 + 4.5 * b.z) * sin(t * PI * 0.8) + 0.5 * sin(t * 9.0 + c.y * 6.0);
    p += 0.16 * curl(p * 0.7 + S_breath * 0.25);
    return p;
}

void main() {
    float slot = p3d_Vertex.z;
    float age = slot < 0.5 ? S_bell_age1 : slot < 1.5 ? S_bell_age2 : slot < 2.5 ? S_bell_age3 : S_bell_age4;
    v_thread = vec3(p3d_Vertex.xy, age);
    gl_Position = vec4(0.0, 0.0, 2.0, 1.0);
    if (age > LIFE || S_afloat > 0.99) return;
    float toll = floor((S_story - age) * 2.0 + 0.5);
    float t = p3d_Vertex.x;
    vec4 here = p3d_ViewProjectionMatrix * vec4(path_point(t, toll), 1.0);
    vec4 next = p3d_ViewProjectionMatrix * vec4(path_point(t + 0.01, toll), 1.0);
    if (here.w < 0.1 || next.w < 0.1) return;
    vec2 along = (next.xy / next.w - here.xy / here.w) * u_size;
    vec2 side = normalize(vec2(-along.y, along.x) + 1e-5);
    float wide = HALF_WIDTH * max(u_size.y / 540.0, 0.6);
    here.xy += side * p3d_Vertex.y * wide * 2.0 / u_size * here.w;
    gl_Position = here;
}
