#version 330
// A mourner's cloth and hands, and what stirs in the wind of it.
#pragma include "lib/posed.glsl"
uniform vec3 u_waist;
uniform vec3 u_chest;
uniform vec3 u_neck;
uniform mat4 u_to_head;      // person space at rest -> head space, metres
in vec4 p3d_Vertex;
in vec3 p3d_Normal;
in vec3 joint;
in float part;
in float ao;
in float hem;
in float lining;             // ao of the cloth's inner side
in vec3 raised;              // what is added to place and normal when the head has turned up
in vec3 raised_normal;
in vec3 weave;               // place on the cloth's pattern and the way to its edge, metres
out vec3 v_rest;
out vec3 v_point;
out vec3 v_normal;
out vec3 v_head;             // head space, centimetres
out vec4 v_cloth;            // ao, hem, part, height above the floor
flat out vec4 v_person;      // robe colour, dirt
flat out vec4 v_self;        // phase, 1 on bare skin, -1 where mirrored, share of this level
out vec3 v_weave;
out float v_lining;

void main() {
    vec2 pick = chosen();
    int who = int(pick.x + 0.5);
    Posed at = posed(who);
    vec3 p = p3d_Vertex.xyz, n = p3d_Normal;
    v_head = (u_to_head * vec4(p, 1.0)).xyz * 100.0;
    float chest_only = joint.y * (1.0 - joint.z);
    p += n * chest_only * at.waist.w;
    p.z += chest_only * at.chest.w;
    bow(p, n, joint, at, u_waist, u_chest, u_neck, raised, raised_normal);

    // Hems stir in a wind that crosses the court in gusts.
    float t = S_breath, phase = at.stand.w * 2.0 * PI, reach = length(p.xy);
    vec2 outward = p.xy / max(reach, 0.05);
    float flutter = sin(t * 2.3 + 3.0 * outward.x + 2.2 * outward.y + phase);
    flutter += 0.5 * sin(t * 3.9 - 4.0 * outward.y + 3.0 * outward.x + p.z * 9.0);
    float stir = hem * hem * at.sway.z;
    p.xy += outward * flutter * stir;
    p.z += abs(flutter) * stir * 0.25;

    v_rest = placed(p3d_Vertex.xyz, at);
    v_point = placed(p, at);
    v_normal = turned(n, at);
    v_cloth = vec4(mix(ao, min(0.2 + 1.3 * ao, 1.0), at.neck.w * joint.z), hem, part, p3d_Vertex.z * at.body.z);
    v_person = posed_texel(who, 6);
    v_self = vec4(at.stand.w, mod(part + 0.5, 2.0) > 1.0 ? 1.0 : 0.0, at.body.w, pick.y);
    v_weave = weave;
    v_lining = lining;
    gl_Position = p3d_ViewProjectionMatrix * vec4(v_point, 1.0);
}
