#version 330
// The hem of the visitor's robe, which stirs as they breathe.
#pragma include "lib/frame.glsl"
#pragma include "lib/stand.glsl"
in vec4 p3d_Vertex;
in vec3 p3d_Normal;
in vec2 open;   // sky outside and inside
in vec3 weave;  // the place on the pattern and the way to its edge
out vec3 v_point;
out vec3 v_normal;
out vec2 v_open;
out vec3 v_weave;

void main() {
    vec3 p = p3d_Vertex.xyz;
    float hung = 1.0 - smoothstep(0.05, 0.75, p.z), torn = 1.0 - smoothstep(0.0, 0.10, weave.z);
    p.xy += 0.007 * hung * hung * sin(S_breath * vec2(0.85, 1.1) + p.x * 3.0 + vec2(0.0, 1.7));
    p += 0.0045 * torn * hung * sin(S_breath * vec3(0.9, 1.1, 0.7) + weave.x * 19.0 + vec3(0.0, 2.0, 4.0));
    v_point = stood(p);
    v_normal = visitor_turn() * p3d_Normal;
    v_open = open;
    v_weave = weave;
    gl_Position = p3d_ViewProjectionMatrix * vec4(v_point, 1.0);
}
