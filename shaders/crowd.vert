#version 330
// A mourner's cloth and hands, and what stirs in the wind of it.
#pragma include "lib/bearing.glsl"
uniform vec3 u_waist;
uniform vec3 u_chest;
uniform vec3 u_neck;
uniform mat4 u_to_head;      // person space at rest -> head space, metres
uniform vec3 u_pose;         // bow as sculpted, the head's angle below the horizon, 1 if kneeling
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
flat out vec3 v_self;        // phase, 1 on bare skin, -1 where mirrored
out vec3 v_weave;
out float v_lining;

void main() {
    int who = int(texelFetch(u_chosen, ivec2(gl_InstanceID, 0), 0).r + 0.5);
    vec4 stand = texelFetch(u_people, ivec2(0, who), 0);
    vec4 self = texelFetch(u_people, ivec2(1, who), 0);
    vec4 robe = texelFetch(u_people, ivec2(2, who), 0);
    Joints at = Joints(u_waist, u_chest, u_neck, u_pose);
    Bearing b = bearing(stand, self, at);

    vec3 p = p3d_Vertex.xyz, n = p3d_Normal;
    v_head = (u_to_head * vec4(p, 1.0)).xyz * 100.0;
    float chest_only = joint.y * (1.0 - joint.z);
    p += n * chest_only * (0.0045 * b.breath + 0.006 * b.gasp);
    p.z += chest_only * 0.008 * b.sob;
    bow(p, n, joint, b, at, raised, raised_normal);

    // Hems stir in a wind that crosses the court in gusts.
    float t = S_breath;
    float gust = 0.5 + 0.5 * sin(t * 0.29 - dot(stand.xy, vec2(0.11, 0.05)));
    float around = atan(p.y, p.x);
    float flutter = sin(t * 2.3 + around * 3.0 + b.phase) + 0.5 * sin(t * 3.9 - around * 5.0 + p.z * 9.0);
    float stir = hem * hem * b.restless * (0.006 + 0.022 * gust) + hem * hem * 0.02 * b.passing;
    vec2 out_ = p.xy / max(length(p.xy), 0.05);
    p.xy += out_ * flutter * stir;
    p.z += abs(flutter) * stir * 0.25;

    v_rest = placed(p3d_Vertex.xyz, stand, self, b.way);
    v_point = placed(p, stand, self, b.way);
    v_normal = turned(n, self, b.way);
    v_cloth = vec4(mix(ao, min(0.2 + 1.3 * ao, 1.0), b.look * joint.z), hem, part, p3d_Vertex.z * self.x);
    v_person = vec4(robe.rgb, self.w);
    v_self = vec3(self.z, mod(part + 0.5, 2.0) > 1.0 ? 1.0 : 0.0, self.y);
    v_weave = weave;
    v_lining = lining;
    gl_Position = p3d_ViewProjectionMatrix * vec4(v_point, 1.0);
}
