#version 330
// The visitor's sleeve: three ways that it hangs, mixed as the arm goes.
#pragma include "lib/frame.glsl"
#pragma include "lib/bones.glsl"
#pragma include "lib/held.glsl"
in vec4 p3d_Vertex;
in vec3 p3d_Normal;
in vec3 cupped;
in vec3 raised;
in vec3 normal_cupped;
in vec3 normal_raised;
in vec3 shade;
in vec3 lining;
in vec3 weave;
uniform vec3 u_drape;  // shares of reaching, cupped and raised
out vec3 v_point;
out vec3 v_normal;
out vec2 v_open;   // sky outside and inside
out vec3 v_weave;  // place on the pattern, the way to its edge; metres

void main() {
    vec3 p = p3d_Vertex.xyz + cupped * u_drape.y + raised * u_drape.z;
    vec3 n = p3d_Normal * u_drape.x + normal_cupped * u_drape.y + normal_raised * u_drape.z;
    // What is torn stirs.
    float loose = (1.0 - smoothstep(0.0, 0.10, weave.z)) * smoothstep(-0.30, -0.12, p3d_Vertex.y);
    p += 0.0035 * loose * sin(S_breath * vec3(0.9, 1.1, 0.7) + weave.x * 23.0 + vec3(0.0, 2.0, 4.0));
    Bent arm = Bent(u_bones[0], u_bones[1]);
    p = moved(p, arm);
    n = turned(n, arm);
    v_point = (p3d_ViewMatrixInverse * vec4(p, 1.0)).xyz;
    v_normal = mat3(p3d_ViewMatrixInverse) * n;
    v_open = vec2(dot(shade, u_drape), dot(lining, u_drape));
    v_weave = weave;
    gl_Position = held_in_view(p);
}
