#version 330
// A mourner's face: moods are what is added to the calm one. Whose face it is and whose body
// carries it are two things.
//   head space     metres, the eye line is z = 0, the ears y = 0, the face looks along +y
#pragma include "lib/bearing.glsl"
uniform sampler2D u_postures;  // a row a drape: waist | chest | neck | pose | three rows head -> person
in vec4 p3d_Vertex;
in vec3 p3d_Normal;
in vec4 nature;        // shade, behind the hairline, eyeball and lids, inside of the mouth
in vec3 grief;         // what a mood adds to a place, metres
in vec3 awe;
in vec3 blink;
in vec3 grief_normal;  // and to a normal
in vec3 awe_normal;
out vec3 v_rest;
out vec3 v_point;
out vec3 v_normal;
out vec3 v_head;       // on the calm face, centimetres
out vec4 v_nature;
out float v_look;
out float v_front;      // how far the skin looks out of the hood, -1 to 1
flat out vec4 v_person;  // robe colour, phase
flat out vec4 v_face;    // linen, age, woman, beard
flat out vec3 v_across;  // the world's direction of the person's right hand
flat out vec4 v_eyes;    // rim of the upper lid in radians above level, gaze in head space

const float GRIEF_SHUTS = 0.36, AWE_OPENS = 0.61;  // of the way from calm to closed lids

// 0 open to 1 shut: now and then a blink, at its own time; weeping presses the lids together.
float lids(Bearing b, float seed) {
    float every = 4.1 + 2.3 * fract(seed * 17.3);
    float since = fract(S_breath / every + seed * 5.7) * every;
    float shut = smoothstep(0.0, 0.09, since) * (1.0 - smoothstep(0.12, 0.34, since));
    return max(shut * (1.0 - S_held), 0.45 * b.burst);
}

void main() {
    int who = int(texelFetch(u_chosen, ivec2(gl_InstanceID, 0), 0).r + 0.5);
    vec4 stand = texelFetch(u_people, ivec2(0, who), 0);
    vec4 self = texelFetch(u_people, ivec2(1, who), 0);
    vec4 robe = texelFetch(u_people, ivec2(2, who), 0);
    vec4 kind = texelFetch(u_people, ivec2(3, who), 0);
    vec4 size = texelFetch(u_people, ivec2(4, who), 0);
    int drape = int(robe.a + 0.5);
    Joints at;
    at.waist = texelFetch(u_postures, ivec2(0, drape), 0).xyz;
    at.chest = texelFetch(u_postures, ivec2(1, drape), 0).xyz;
    at.neck = texelFetch(u_postures, ivec2(2, drape), 0).xyz;
    at.pose = texelFetch(u_postures, ivec2(3, drape), 0).xyz;
    Bearing b = bearing(stand, self, at);

    float weeping = (1.0 - b.look) * (0.72 + 0.3 * fract(self.z * 3.7) + 0.3 * b.burst);
    float wonder = b.look * mix(0.75, 1.0, S_awe);
    float closed = GRIEF_SHUTS * weeping - AWE_OPENS * wonder;
    float shut = lids(b, self.z);
    vec3 p = p3d_Vertex.xyz + grief * weeping + awe * wonder + blink * shut * (1.0 - closed);
    vec3 n = p3d_Normal + grief_normal * weeping + awe_normal * wonder;
    // The lower lip and the chin tremble.
    vec2 lip = (p3d_Vertex.xz - vec2(0.0, -0.073)) / vec2(0.024, 0.014);
    float tremble = exp(-dot(lip, lip)) * (1.0 - b.look) * (0.15 + b.burst) * b.restless;
    p.z += 0.0006 * tremble * sin(S_breath * 19.0 + b.phase) * smoothstep(0.05, 0.08, p3d_Vertex.y);

    v_front = dot(normalize(n), vec3(0.0, 0.93, -0.36));
    p.xz *= size.xy;
    n.xz /= size.xy;
    vec4 row0 = texelFetch(u_postures, ivec2(4, drape), 0);
    vec4 row1 = texelFetch(u_postures, ivec2(5, drape), 0);
    vec4 row2 = texelFetch(u_postures, ivec2(6, drape), 0);
    float neck = smoothstep(-0.235, -0.115, p3d_Vertex.z);
    p = vec3(dot(row0, vec4(p, 1.0)), dot(row1, vec4(p, 1.0)), dot(row2, vec4(p, 1.0)));
    n = vec3(dot(row0.xyz, n), dot(row1.xyz, n), dot(row2.xyz, n));
    v_rest = placed(p, stand, self, b.way);
    bow(p, n, vec3(1.0, 1.0, neck), b, at, vec3(0.0), vec3(0.0));

    v_point = placed(p, stand, self, b.way);
    v_normal = turned(n, self, b.way);
    v_head = p3d_Vertex.xyz * 100.0;
    v_nature = vec4(mix(nature.x, min(0.15 + 1.2 * nature.x, 1.0), b.look), nature.yzw);
    v_look = b.look;
    v_person = vec4(robe.rgb, self.z);
    v_face = kind;
    v_across = vec3(b.way * self.y, 0.0);
    float rim = mix(size.z, -0.44, closed + shut * (1.0 - closed));
    float stray = 0.05 * sin(floor(S_breath * 0.7 + self.z * 9.0) * 2.4);
    vec3 gaze = normalize(mix(vec3(stray, 1.0, -0.30), vec3(0.3 * stray, 1.0, 0.04), b.look));
    v_eyes = vec4(rim, gaze);
    gl_Position = p3d_ViewProjectionMatrix * vec4(v_point, 1.0);
}
