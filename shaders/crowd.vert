#version 330
// A mourner: bow, breath, sobs, sway, the stir of hems, the look up. Everything is a function of
// the state and of the person; the hush stills it as its front goes by.
//   person space   metres, +y is where the body faces, +x its right hand, the floor is z = 0
#pragma include "lib/frame.glsl"
uniform sampler2D u_people;  // a row a person: x y z heading | scale mirror phase dirt | colour
uniform sampler2D u_chosen;  // rows of the people that this geometry draws
uniform vec3 u_waist;
uniform vec3 u_chest;
uniform vec3 u_neck;
uniform mat4 u_to_head;      // person space at rest -> head space, metres
uniform vec3 u_pose;         // bow as sculpted, the head's angle below the horizon, 1 if kneeling
uniform vec3 u_orb;
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
out vec3 v_across;           // the world's direction of the person's right hand
out vec3 v_head;             // head space, centimetres
out vec4 v_cloth;            // ao, hem, part, height above the floor
flat out vec4 v_person;      // robe colour, dirt
flat out vec3 v_self;        // phase, 1 on the face, -1 where mirrored
out float v_look;
out vec3 v_weave;
out float v_lining;

const float BOW_NECK = 0.62, BOW_CHEST = 0.13, BOW_WAIST = 0.11;  // radians for a whole bow

// Turned by `angle` in the plane of two axes, about a pivot.
void bend(inout vec3 p, inout vec3 n, vec3 pivot, float pitch, float yaw, float roll) {
    vec3 q = p - pivot;
    vec2 c = vec2(cos(pitch), sin(pitch));
    q.yz = vec2(c.x * q.y - c.y * q.z, c.y * q.y + c.x * q.z);
    n.yz = vec2(c.x * n.y - c.y * n.z, c.y * n.y + c.x * n.z);
    c = vec2(cos(yaw), sin(yaw));
    q.xy = vec2(c.x * q.x - c.y * q.y, c.y * q.x + c.x * q.y);
    n.xy = vec2(c.x * n.x - c.y * n.y, c.y * n.x + c.x * n.y);
    c = vec2(cos(roll), sin(roll));
    q.xz = vec2(c.x * q.x + c.y * q.z, c.x * q.z - c.y * q.x);
    n.xz = vec2(c.x * n.x + c.y * n.z, c.x * n.z - c.y * n.x);
    p = q + pivot;
}

void main() {
    int who = int(texelFetch(u_chosen, ivec2(gl_InstanceID, 0), 0).r + 0.5);
    vec4 stand = texelFetch(u_people, ivec2(0, who), 0);
    vec4 self = texelFetch(u_people, ivec2(1, who), 0);
    vec4 robe = texelFetch(u_people, ivec2(2, who), 0);
    float phase = self.z * 2.0 * PI, mirror = self.y;
    float radius = length(stand.xy);
    float t = S_breath;

    // The hush: restless before its front, almost still behind it; a shudder as it goes by.
    float hushed = smoothstep(-0.5, 1.5, S_hush_front - radius) * step(0.01, S_hush_front);
    float passing = exp(-pow((S_hush_front - radius) * 0.8, 2.0)) * step(0.01, S_hush_front);
    float restless = mix(1.0, 0.38, hushed) * (1.0 - S_held);

    // Who has been reached by the wave of heads, each a moment late in their own way.
    float look = smoothstep(0.0, 2.4, S_look_front - radius - 1.3 * self.z) * step(0.01, S_look_front);
    float gasp = look * (1.0 - look) * 4.0;

    float facing = stand.w - 0.5 * PI;
    vec2 way = vec2(cos(facing), sin(facing));
    vec3 to = u_orb - vec3(stand.xy, stand.z + u_neck.z * self.x);
    vec2 to_own = vec2(dot(to.xy, way), dot(to.xy, vec2(-way.y, way.x)));
    float yaw = clamp(atan(-to_own.x, max(to_own.y, -0.2)), -1.0, 1.0) * mirror;
    float rise = clamp(atan(to.z, length(to.xy)), -0.25, 0.55);

    // Bowing: whole rotations for a bow of one; each person bows in their own measure.
    float own = 0.88 + 0.26 * fract(self.z * 7.31);
    float away = S_bow * own - u_pose.x;
    float down_neck = away * BOW_NECK, down_chest = away * BOW_CHEST, down_waist = away * BOW_WAIST;
    float lift = u_pose.y + rise - 0.10;
    float pitch_neck = mix(-down_neck, lift * 0.72, look);
    float pitch_chest = mix(-down_chest, lift * 0.18, look);
    float pitch_waist = mix(-down_waist, lift * 0.10, look);
    vec3 turn = vec3(0.60, 0.28, 0.12) * yaw * look;

    // Sobs come in bursts, then rest.
    float burst = pow(max(sin(t * 0.37 + phase * 5.0), 0.0), 6.0) * restless * (1.0 - look);
    float sob = burst * sin(t * 9.5 + phase * 3.0);
    float breath = sin(t * 1.45 + phase) * (1.0 - 0.6 * S_held);
    pitch_neck += 0.022 * sob + 0.012 * breath * restless + 0.05 * gasp;
    pitch_chest += 0.010 * sob + 0.018 * gasp;
    float roll = 0.03 * sin(t * 0.23 + phase * 2.0) * restless;

    vec3 p = p3d_Vertex.xyz, n = p3d_Normal;
    bool face = mod(part + 0.5, 2.0) > 1.0;
    v_head = (u_to_head * vec4(p, 1.0)).xyz * 100.0;
    if (face && part > 0.0 && look > 0.0) {
        vec3 inward = transpose(mat3(u_to_head)) * vec3(0.0, -0.15, -1.0);
        float line = v_head.z + 6.42 + 0.42 * smoothstep(1.4, 2.5, abs(v_head.x));
        float jaw = (1.0 - smoothstep(-0.2, -0.03, line)) * smoothstep(2.0, 7.0, v_head.y);
        jaw *= mix(1.0, (1.0 - smoothstep(0.6, 3.2, abs(v_head.x))), smoothstep(-2.4, -0.4, line));
        float brow = smoothstep(0.9, 1.8, v_head.z) * (1.0 - smoothstep(2.5, 5.0, v_head.z));
        p += inward * (0.0075 * jaw * S_awe - 0.004 * brow * S_awe) * look;
    }
    float chest_only = joint.y * (1.0 - joint.z);
    p += n * chest_only * (0.0045 * breath + 0.006 * gasp);
    p.z += chest_only * 0.008 * sob;

    bend(p, n, u_neck, pitch_neck * joint.z, turn.x * joint.z, roll * joint.z);
    p += raised * look;
    n += raised_normal * look;
    bend(p, n, u_chest, pitch_chest * joint.y, turn.y * joint.y, 0.0);
    bend(p, n, u_waist, pitch_waist * joint.x, turn.z * joint.x, 0.0);

    // Weight shifts from foot to foot; hems stir in a wind that crosses the court in gusts.
    float tall = p.z * (1.0 - 0.6 * u_pose.z);
    p.xy += tall * 0.009 * restless * vec2(sin(t * 0.41 + phase), 0.7 * sin(t * 0.33 + phase * 1.7));
    float gust = 0.5 + 0.5 * sin(t * 0.29 - dot(stand.xy, vec2(0.11, 0.05)));
    float around = atan(p.y, p.x);
    float flutter = sin(t * 2.3 + around * 3.0 + phase) + 0.5 * sin(t * 3.9 - around * 5.0 + p.z * 9.0);
    float stir = hem * hem * restless * (0.006 + 0.022 * gust) + hem * hem * 0.02 * passing;
    vec2 out_ = p.xy / max(length(p.xy), 0.05);
    p.xy += out_ * flutter * stir;
    p.z += abs(flutter) * stir * 0.25;

    vec3 rest = p3d_Vertex.xyz;
    p.x *= mirror;
    n.x *= mirror;
    rest.x *= mirror;
    mat2 spin = mat2(way.x, way.y, -way.y, way.x);
    p *= self.x;
    rest *= self.x;
    v_rest = vec3(spin * rest.xy + stand.xy, rest.z + stand.z);
    v_point = vec3(spin * p.xy + stand.xy, p.z + stand.z);
    v_normal = vec3(spin * n.xy, n.z);
    v_across = vec3(way * mirror, 0.0);
    v_cloth = vec4(mix(ao, min(0.2 + 1.3 * ao, 1.0), look * joint.z), hem, part, rest.z);
    v_person = vec4(robe.rgb, self.w);
    v_self = vec3(self.z, face ? 1.0 : 0.0, mirror);
    v_look = look;
    v_weave = weave;
    v_lining = lining;
    gl_Position = p3d_ViewProjectionMatrix * vec4(v_point, 1.0);
}
