#version 330
// A mourner from afar, in one closed skin, and the shadow of any: bowed and turned, but what is
// finer than a hand's breadth stays still.
#pragma include "lib/posed.glsl"
uniform vec3 u_waist;
uniform vec3 u_chest;
uniform vec3 u_neck;
in vec4 p3d_Vertex;
in vec3 p3d_Normal;
in vec3 joint;
in float part;
in float ao;
in vec3 raised;
in vec3 raised_normal;
in vec3 weave;
out vec3 v_rest;
out vec3 v_point;
out vec3 v_normal;
out vec4 v_cloth;            // ao, way to the cloth's edge, part, height above the floor
flat out vec4 v_person;      // robe colour, dirt
flat out vec2 v_self;        // phase, share of this level
out vec2 v_weave;

void main() {
    vec2 pick = chosen();
    int who = int(pick.x + 0.5);
    Posed at = posed(who);
    vec3 p = p3d_Vertex.xyz, n = p3d_Normal;
    bow(p, n, joint, at, u_waist, u_chest, u_neck, raised, raised_normal);
    v_rest = placed(p3d_Vertex.xyz, at);
    v_point = placed(p, at);
    v_normal = turned(n, at);
    v_cloth = vec4(mix(ao, min(0.2 + 1.3 * ao, 1.0), at.neck.w * joint.z), weave.z, part, p3d_Vertex.z * at.body.z);
    v_person = posed_texel(who, 6);
    v_self = vec2(at.stand.w, pick.y);
    v_weave = weave.xy;
    gl_Position = p3d_ViewProjectionMatrix * vec4(v_point, 1.0);
}
